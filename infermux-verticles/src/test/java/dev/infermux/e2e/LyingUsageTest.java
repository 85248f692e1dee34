package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Usage;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.ChatProvider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.OllamaTexts;
import io.vertx.core.Future;
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
import org.junit.jupiter.params.provider.ValueSource;

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
  @CsvSource({
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "cached_tokens",
    "audio_tokens",
    "reasoning_tokens"
  })
  void of_a_whole_chat(String field, Vertx vertx) {
    open(vertx, ProviderType.OPENAI);
    String lie = Texts.CHAT_ANSWER.replaceFirst("\"" + field + "\":\\d+", field(field));

    told(MockAnswer.json(lie), Texts.chat(Gateway.MODEL, "Hi"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1000000000\"", "1e9", "1000000000000000000000000000000000"})
  void however_it_is_written(String number, Vertx vertx) {
    open(vertx, ProviderType.OPENAI);
    String lie = Texts.CHAT_ANSWER.replace("\"cached_tokens\":0", "\"cached_tokens\":" + number);

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

  @Test
  void of_a_stream_that_has_told_the_truth_before(Vertx vertx) {
    open(vertx, ProviderType.OPENAI);
    String first =
        Texts.delta("Hi").replaceFirst("}$", ",\"usage\":{\"prompt_tokens\":3,")
            + "\"completion_tokens\":1,\"total_tokens\":4}}";
    String last = Texts.usage(3, 2).replace("\"total_tokens\":5", field("total_tokens"));

    told(
        MockAnswer.events(Texts.role(), first, Texts.finish(), last, "[DONE]"),
        Texts.stream(Gateway.MODEL, "Hi"));
  }

  @Test
  void of_a_program(Vertx vertx) {
    assertThat(Usage.reported(3, Usage.MOST_TOKENS + 1).believed()).isEqualTo(Usage.UNBELIEVED);
    assertThat(Usage.reported(-1, 3).believed()).isEqualTo(Usage.UNBELIEVED);
    assertThat(Usage.reported(Usage.MOST_TOKENS, 3).believed())
        .isEqualTo(Usage.reported(Usage.MOST_TOKENS, 3));
    open(vertx, ProviderType.OPENAI);
    gateway.inferMux().addProvider(new Liar()).await();

    assertThat(gateway.post(CHAT, Texts.chat("lies", "Hi")).status()).isEqualTo(200);

    JsonObject cost = events.costs(1).get(0);
    assertThat(cost.getLong("tokens_in")).isBetween(1L, 100L);
    assertThat(cost.getLong("tokens_out")).isBetween(1L, 100L);
  }

  @ParameterizedTest
  @CsvSource({"prompt_eval_count", "eval_count"})
  void of_ollama(String field, Vertx vertx) {
    open(vertx, ProviderType.OLLAMA);

    told(
        MockAnswer.json(OllamaTexts.WHOLE.replaceFirst("\"" + field + "\":\\d+", field(field))),
        Texts.chat(Gateway.MODEL, "Hi"));
  }

  @ParameterizedTest
  @CsvSource({
    "input_tokens",
    "output_tokens",
    "cache_read_input_tokens",
    "cache_creation_input_tokens",
    "ephemeral_5m_input_tokens",
    "ephemeral_1h_input_tokens",
    "thinking_tokens"
  })
  void of_anthropic(String field, Vertx vertx) {
    open(vertx, ProviderType.ANTHROPIC);
    String usage =
        "{\"input_tokens\":1,\"output_tokens\":1,\"cache_read_input_tokens\":0,"
            + "\"cache_creation_input_tokens\":0,\"cache_creation\":{"
            + "\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0},"
            + "\"output_tokens_details\":{\"thinking_tokens\":0}}";
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

  /** A program's own provider. */
  private static final class Liar implements ChatProvider {

    @Override
    public String name() {
      return "liar";
    }

    @Override
    public List<String> models() {
      return List.of("lies");
    }

    @Override
    public Future<ChatResponse> chat(ChatRequest request, ProviderCall call) {
      return Future.succeededFuture(ChatResponse.of("Hi").withUsage(1_000_000_000, 1_000_000_000));
    }
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
