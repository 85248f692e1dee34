package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A call is under way when the provider joins that it goes to in the end. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class JoinedProviderTest {

  private static final String SLOWLY_DOWN =
      "{ name: a, type: mock, models: [m], mock: { script: status-503+latency-1500ms } }";
  private static final String JOINED = "{ name: b, type: mock, models: [m] }";
  private static final String RULES =
      """
      routing: { strategy: priority, retry: { attempts: 0 } }
      budgets: [{ caller: team, monthly_usd: 1 }]
      """;

  @TempDir Path directory;

  /** The providers of the call's attempts. */
  private final List<String> asked = new ArrayList<>();

  @Test
  void it_costs_what_that_provider_costs(Vertx vertx) {
    WireAnswer answer = answered(vertx, "X-Infermux-Caller: other", price("b", 1_000_000));

    assertThat(answer.header("x-infermux-provider")).isEqualTo("b");
    BigDecimal tokens =
        new BigDecimal(answer.json().getJsonObject("usage").getInteger("prompt_tokens"));
    assertThat(new BigDecimal(answer.header("x-infermux-cost"))).isEqualByComparingTo(tokens);
  }

  @Test
  void no_hard_limit_is_passed_there(Vertx vertx) {
    WireAnswer answer = answered(vertx, "X-Infermux-Caller: team", price("b", 1_000_000));

    assertThat(answer.error().getString("code")).isEqualTo("budget_exceeded");
  }

  @Test
  void a_caller_with_a_hard_limit_does_not_reach_it_without_a_price(Vertx vertx) {
    String vendor =
        JOINED.replace("type: mock", "type: openai, api_key: k, base_url: \"http://192.0.2.1\"");

    WireAnswer answer = answered(vertx, "X-Infermux-Caller: team", price("a", 2), vendor);

    assertThat(answer.status()).isEqualTo(502);
    assertThat(asked).containsExactly("a");
  }

  private WireAnswer answered(Vertx vertx, String caller, String prices) {
    return answered(vertx, caller, prices, JOINED);
  }

  private WireAnswer answered(Vertx vertx, String caller, String prices, String joined) {
    Path file = directory.resolve("infermux.yml");
    String begun = providers(SLOWLY_DOWN) + RULES + price("a", 1);
    try (FileGateway gateway = FileGateway.start(vertx, file, begun);
        Wire wire = Wire.connect(gateway.port())) {
      wire.request("POST", "/v1/chat/completions", body(), caller);
      await().until(() -> gateway.get("/_infermux/status").json().getInteger("in_flight") == 1);
      assertThat(gateway.reload(providers(SLOWLY_DOWN, joined) + RULES + prices).status())
          .isEqualTo(200);
      WireAnswer answer = wire.read();
      gateway
          .get("/_infermux/requests?limit=1")
          .json()
          .getJsonArray("requests")
          .getJsonObject(0)
          .getJsonArray("attempts")
          .forEach(attempt -> asked.add(((JsonObject) attempt).getString("provider")));
      return answer;
    }
  }

  private static String providers(String... blocks) {
    return "providers: [" + String.join(", ", blocks) + "]\n";
  }

  private static String price(String provider, int input) {
    return "pricing: { %s: { m: { input_per_million: %d, output_per_million: 0 } } }\n"
        .formatted(provider, input);
  }

  private static String body() {
    return new JsonObject()
        .put("model", "m")
        .put("max_tokens", 100)
        .put("messages", List.of(Map.of("role", "user", "content", "Hello there")))
        .encode();
  }
}
