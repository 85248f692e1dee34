package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code POST route/explain} of a real gateway. */
@ExtendWith(VertxExtension.class)
class ExplainTest {

  private static final String PATH = "/_infermux/route/explain";

  @Test
  void every_provider_is_in_the_order_or_has_a_reason(Vertx vertx) {
    try (Pair pair = Pair.start(vertx)) {
      pair.gateway().inferMux().openCircuit("first");

      JsonObject plan = explain(pair.gateway(), Texts.chat(Gateway.MODEL, "Hi"));

      assertThat(plan.getString("model")).isEqualTo(Gateway.MODEL);
      assertThat(plan.getString("strategy")).isEqualTo("priority");
      assertThat(plan.getMap()).containsEntry("group", null).containsEntry("max_attempts", 3);
      assertThat(plan.getJsonArray("order")).isEqualTo(JsonArray.of("second"));
      assertThat(row(plan, "first").getMap())
          .containsEntry("eligible", false)
          .containsEntry("reason", "circuit_open");
      assertThat(row(plan, "second").getMap())
          .containsEntry("eligible", true)
          .containsEntry("model", Gateway.MODEL)
          .doesNotContainKey("reason");
      assertThat(row(plan, "echo").getMap())
          .containsEntry("eligible", false)
          .containsEntry("reason", "model_not_served")
          .containsEntry("model", null);
      assertThat(pair.first().requests()).isEmpty();
      assertThat(pair.second().requests()).isEmpty();
    }
  }

  @Test
  void the_group_and_its_strategy_are_named_with_the_scores(Vertx vertx) {
    GroupOptions fast =
        new GroupOptions(
            "fast", List.of(Gateway.MODEL), RoutingStrategy.COST_WEIGHTED, List.of("second"));
    try (Pair pair =
        Pair.start(vertx, routing -> routing.withGroups(List.of(fast)), UnaryOperator.identity())) {
      WireAnswer answer =
          pair.gateway()
              .post(PATH, "{\"max_tokens\":100," + Texts.chat(Gateway.MODEL, "Hi").substring(1));

      JsonObject plan = answer.json();
      assertThat(plan.getString("group")).isEqualTo("fast");
      assertThat(plan.getString("strategy")).isEqualTo("cost_weighted");
      assertThat(row(plan, "first").getString("reason")).isEqualTo("not_in_group");
      assertThat(row(plan, "second").getString("score_name")).isEqualTo("expected_cost_usd");
      assertThat(row(plan, "second").getDouble("score")).isPositive();
      assertThat(answer.body()).doesNotContain("E-");
    }
  }

  @Test
  void a_mist_request_may_be_pinned(Vertx vertx) {
    try (Pair pair = Pair.start(vertx)) {
      JsonObject plan =
          explain(
              pair.gateway(), "{\"provider\":\"echo\"," + Texts.chat("auto", "Hi").substring(1));

      assertThat(plan.getJsonArray("order")).isEqualTo(JsonArray.of("echo"));
      assertThat(row(plan, "first").getString("reason")).isEqualTo("not_pinned");
    }
  }

  @Test
  void a_model_that_nobody_serves_has_an_empty_order(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      assertThat(explain(gateway, Texts.chat("nobody", "Hi")).getJsonArray("order")).isEmpty();
    }
  }

  private static JsonObject explain(Gateway gateway, String body) {
    WireAnswer answer = gateway.post(PATH, body);
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private static JsonObject row(JsonObject plan, String provider) {
    return plan.getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("name").equals(provider))
        .findFirst()
        .orElseThrow();
  }
}
