package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More than ten million tokens are no report: they are estimated, and lock no caller out. */
@ExtendWith(VertxExtension.class)
class LyingUsageTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String CLAUDE = "claude-haiku-4-5";
  private static final String LIE = "1000000000";

  private Gateway gateway;
  private BusEvents events;

  private void open(Vertx vertx, ProviderType type) {
    BudgetOptions budgets =
        BudgetOptions.defaults()
            .withCallers(
                List.of(
                    new CallerBudget(
                        "anonymous", new BigDecimal("5"), BudgetAction.HARD_STOP, null)));
    events = new BusEvents(vertx);
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withBudgets(budgets)
                    .withProvider(
                        ProviderOptions.of("upstream", type)
                            .withBaseUrl(upstream.baseUrl())
                            .withModels(Gateway.MODEL, CLAUDE)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({"prompt_tokens", "completion_tokens"})
  void of_a_whole_chat(String field, Vertx vertx) {
    open(vertx, ProviderType.OPENAI);
    String lie =
        Texts.CHAT_ANSWER
            .replaceFirst("\"" + field + "\":\\d+", field(field))
            .replace("\"total_tokens\":29", field("total_tokens"));

    told(MockAnswer.json(lie), Texts.chat(Gateway.MODEL, "Hi"));
  }

  @Test
  void of_a_stream(Vertx vertx) {
    open(vertx, ProviderType.OPENAI);
    String usage =
        Texts.usage(1, 1)
            .replace("\"prompt_tokens\":1", field("prompt_tokens"))
            .replace("\"total_tokens\":2", field("total_tokens"));

    told(
        MockAnswer.events(Texts.role(), Texts.delta("Hi"), Texts.finish(), usage, "[DONE]"),
        Texts.stream(Gateway.MODEL, "Hi"));
  }

  @ParameterizedTest
  @CsvSource({"input_tokens", "output_tokens"})
  void of_anthropic(String field, Vertx vertx) {
    open(vertx, ProviderType.ANTHROPIC);
    String usage = "{\"input_tokens\":1,\"output_tokens\":1,\"cache_read_input_tokens\":0}";
    String lie = usage.replaceFirst("\"" + field + "\":\\d+", field(field));

    told(
        MockAnswer.json(
            "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\","
                + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\","
                + "\"stop_sequence\":null,\"usage\":"
                + lie
                + "}"),
        Texts.chat(CLAUDE, "Hi"));
  }

  private static String field(String name) {
    return "\"" + name + "\":" + LIE;
  }

  private void told(MockAnswer lie, String body) {
    gateway.upstream().next(lie);
    try (Wire wire = gateway.connect()) {
      WireAnswer answer = wire.post(CHAT, body);
      assertThat(answer.status()).isEqualTo(200);
    }
    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getString("cost_status")).isEqualTo("estimated");
    assertThat(cost.getLong("tokens_in")).isLessThan(1_000);
    assertThat(cost.getLong("tokens_out")).isLessThan(1_000);

    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    assertThat(gateway.post(CHAT, Texts.chat(Gateway.MODEL, "Hi")).body())
        .doesNotContain("budget_exceeded");
  }
}
