package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An evaluation, as docs/evaluation.md tells it: MIST requests for a model of a cost-weighted group
 * over two providers, tagged with a project. The dearer provider is declared first.
 */
@ExtendWith(VertxExtension.class)
final class EvaluationTest {

  private static final int TASKS = 20;

  private MockUpstream cheap;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    cheap = MockUpstream.start(vertx);
    gateway =
        Gateway.start(
            vertx,
            (config, dear) ->
                config
                    .withRouting(
                        Gateway.unrepaired()
                            .withGroups(
                                List.of(
                                    new GroupOptions(
                                        "evaluation",
                                        List.of(Gateway.MODEL),
                                        RoutingStrategy.COST_WEIGHTED,
                                        List.of()))))
                    .withPricing(
                        new PricingOptions(
                            Map.of(
                                "dear", Map.of(Gateway.MODEL, price("0.15", "0.60")),
                                "cheap", Map.of(Gateway.MODEL, price("0.05", "0.40")))))
                    .withBudgets(
                        BudgetOptions.defaults()
                            .withCallers(
                                List.of(
                                    new CallerBudget(
                                        "matchspec",
                                        new BigDecimal("0.001"),
                                        BudgetAction.HARD_STOP,
                                        null))))
                    .withProvider(provider("dear", dear))
                    .withProvider(provider("cheap", cheap)));
  }

  @AfterEach
  void close() {
    gateway.close();
    cheap.close();
  }

  @Test
  void cheapest_provider_serves_the_suite_and_its_project_bears_the_spend_exactly() {
    cheap.always(MockAnswer.json(Texts.CHAT_ANSWER));

    for (int task = 0; task < TASKS; task++) {
      WireAnswer answer = gateway.post("/mist", envelope(payload("suite-math", 100)));
      assertThat(answer.status()).isEqualTo(200);
      JsonObject response = answer.json().getJsonObject("payload");
      assertThat(response.getString("provider")).isEqualTo("cheap");
      assertThat(answer.body()).contains("\"cost_usd\":0.00000495");
    }

    // 19 tokens in at 0.05 and 10 out at 0.40 USD a million, twenty times.
    assertThat(gateway.upstream().requests()).isEmpty();
    assertThat(get("costs/by-project")).contains("\"by_project\":{\"suite-math\":0.000099}");
    assertThat(get("costs/by-group")).contains("\"by_group\":{\"evaluation\":0.000099}");
    assertThat(get("costs/caller/matchspec"))
        .contains("\"total_usd\":0.000099,\"budget_usd\":0.001,\"budget_remaining_usd\":0.000901,")
        .contains("\"requests\":20,");
  }

  @Test
  void budget_of_the_caller_holds_on_mist_and_on_the_bus() {
    cheap.always(MockAnswer.json(Texts.CHAT_ANSWER));
    byte[] fits = payload("suite-math", 100);
    byte[] tooLong = padded("suite-math");

    WireAnswer refused = gateway.post("/mist", envelope(tooLong));
    ReplyException refusedOnBus =
        catchThrowableOfType(ReplyException.class, () -> askOnBus(tooLong));
    InferResponse servedOnBus = askOnBus(fits);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-Infermux-Error")).isEqualTo("budget_exceeded");
    assertThat(refusedOnBus.failureCode()).isEqualTo(429);
    assertThat(refusedOnBus).hasMessageContaining("0.001 USD a month");
    assertThat(servedOnBus.provider()).isEqualTo("cheap");
    assertThat(cheap.requests()).hasSize(1);
    assertThat(get("costs/by-project")).contains("\"by_project\":{\"suite-math\":0.00000495}");
  }

  private InferResponse askOnBus(byte[] payload) {
    return gateway
        .vertx()
        .eventBus()
        .<Envelope>request(
            BusAddresses.INFER,
            Envelope.of("matchspec", MistType.INFER_REQUEST, new RawPayload(payload)))
        .await()
        .body()
        .payloadAs(InferResponse.class);
  }

  private String get(String path) {
    return gateway.get("/_infermux/" + path).body();
  }

  private static String envelope(byte[] payload) {
    byte[] json =
        JsonWriter.object()
            .text("version", "1")
            .text("id", "eval-1")
            .text("source", "matchspec")
            .text("type", MistType.INFER_REQUEST)
            .integer("timestamp_ns", 1)
            .raw("payload", payload)
            .end();
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] payload(String project, int maxTokens) {
    return payload(project, maxTokens, "What is 6 times 7?");
  }

  /** A prompt whose bound alone is above the budget. */
  private static byte[] padded(String project) {
    return payload(project, 100, "What is 6 times 7? ".repeat(1_000));
  }

  private static byte[] payload(String project, int maxTokens, String question) {
    return JsonWriter.object()
        .text("model", Gateway.MODEL)
        .value("messages", List.of(Map.of("role", "user", "content", question)))
        .value("params", Map.of("max_tokens", maxTokens))
        .value("meta", Map.of("caller", "matchspec", "project", project))
        .end();
  }

  private static ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withBaseUrl(upstream.baseUrl())
        .withModels(Gateway.MODEL);
  }

  private static ModelPrice price(String input, String output) {
    return new ModelPrice(new BigDecimal(input), new BigDecimal(output));
  }
}
