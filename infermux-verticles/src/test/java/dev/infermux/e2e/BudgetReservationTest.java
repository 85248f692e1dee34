package dev.infermux.e2e;

import static dev.infermux.e2e.kit.Budgeted.chat;
import static dev.infermux.e2e.kit.Budgeted.explained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is reserved for a call; gpt-4o-mini costs 0.15 and 0.60 USD per million tokens. */
@ExtendWith(VertxExtension.class)
final class BudgetReservationTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String CALLER = "X-Infermux-Caller: team-a";

  private static final String COMPACTED =
      "{\"id\":\"resp_1\",\"object\":\"response.compaction\",\"created_at\":1,\"output\":[],"
          + "\"usage\":{\"input_tokens\":10,\"output_tokens\":5,\"total_tokens\":15}}";

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void reservation_is_reduced_once_the_provider_has_counted_the_prompt(Vertx vertx) {
    Gateway open = start(vertx, "1", BudgetAction.HARD_STOP, null);
    CompletableFuture<Void> rest = new CompletableFuture<>();
    String counted =
        Texts.delta("Hello")
            .replace(
                "\"usage\":null",
                "\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":1,\"total_tokens\":20}");
    open.upstream()
        .always(
            MockAnswer.events(Texts.role(), counted)
                .thenAfter(rest, Texts.finish(), Texts.usage(19, 10), "[DONE]"));
    Wire wire = open.connect();

    wire.request("POST", PATH, "{\"stream\":true," + chat(1_000).substring(1), CALLER);
    wire.readUntil("Hello");

    // 19 tokens in and 1,000 out.
    await()
        .untilAsserted(
            () ->
                assertThat(explained(open, chat(1), CALLER).getDouble("held_usd"))
                    .isEqualTo(0.00060285));
    rest.complete(null);
    wire.readUntil("[DONE]");
    await().until(() -> explained(open, chat(1), CALLER).getInteger("held_usd") == 0);
    assertThat(explained(open, chat(1), CALLER).getDouble("spent_usd")).isEqualTo(0.00000885);
    wire.close();
  }

  @Test
  void reservation_is_not_reduced_to_a_prompt_of_nothing(Vertx vertx) {
    Gateway open = start(vertx, "1", BudgetAction.HARD_STOP, null);
    CompletableFuture<Void> rest = new CompletableFuture<>();
    String uncounted =
        Texts.delta("Hello")
            .replace("\"usage\":null", "\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":1}");
    open.upstream()
        .always(
            MockAnswer.events(Texts.role(), uncounted, Texts.delta("more"))
                .thenAfter(rest, Texts.finish(), Texts.usage(19, 10), "[DONE]"));
    Wire wire = open.connect();

    wire.request("POST", PATH, "{\"stream\":true," + chat(1_000).substring(1), CALLER);
    wire.readUntil("more");

    // 1,000 tokens out come to 0.0006.
    assertThat(explained(open, chat(1), CALLER).getDouble("held_usd")).isGreaterThan(0.00065);
    rest.complete(null);
    wire.readUntil("[DONE]");
    wire.close();
  }

  @Test
  void whatever_may_make_an_answer_longer_is_held(Vertx vertx) {
    // Room for 3,000 tokens of completion.
    Gateway open = start(vertx, "0.002", BudgetAction.HARD_STOP, null);
    String hundred = ",\"max_tokens\":100,\"model\":\"" + Gateway.MODEL + "\"}";
    String chat = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],";
    String foretold = "{\"type\":\"content\",\"content\":\"" + "a".repeat(3_500) + "\"}";

    assertThat(verdict(open, chat + "\"n\":1" + hundred)).isEqualTo("admit");
    assertThat(verdict(open, chat + "\"n\":200" + hundred)).isEqualTo("refuse");
    assertThat(verdict(open, chat + "\"max_completion_tokens\":90000" + hundred))
        .isEqualTo("lower");
    assertThat(verdict(open, chat + "\"prediction\":" + foretold + hundred)).isEqualTo("refuse");
    String prompts = "{\"prompt\":[\"a\"" + ",\"a\"".repeat(199) + "]";
    assertThat(open.post("/v1/completions", prompts + hundred, CALLER).status()).isEqualTo(429);
  }

  @Test
  void embeddings_stay_with_their_model(Vertx vertx) {
    Gateway open = start(vertx, "0.000001", BudgetAction.MODEL_OVERRIDE, Gateway.MODEL);
    open.upstream().always(MockAnswer.json(Texts.EMBEDDINGS_ANSWER));

    WireAnswer answer =
        open.post("/v1/embeddings", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}", CALLER);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(new JsonObject(open.upstream().lastRequest().body()).getString("model"))
        .isEqualTo("gpt-4o");
  }

  /** Their APIs have no field for the longest answer; gpt-4o-mini writes 16,384 tokens at most. */
  @ParameterizedTest
  @ValueSource(strings = {"/v1/responses/compact", "/v1/images/generations"})
  void what_cannot_be_told_how_long_it_may_be_is_reserved_whole(String path, Vertx vertx) {
    String body = "{\"model\":\"gpt-4o-mini\",\"input\":\"Hi\"}";
    Gateway small = open(vertx, "0.009");
    small.upstream().always(MockAnswer.json(COMPACTED));

    assertThat(small.post(path, body, CALLER).status()).isEqualTo(429);
    assertThat(small.upstream().requests()).isEmpty();
    small.close();

    Gateway large = open(vertx, "0.011");
    large.upstream().always(MockAnswer.json(COMPACTED));
    WireAnswer answer = large.post(path, body, CALLER);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-infermux-max-tokens")).isNull();
    assertThat(large.upstream().lastRequest().body()).isEqualTo(body);
  }

  /** Of which a caller with a budget is told to write 100 tokens where nothing else is said. */
  private Gateway open(Vertx vertx, String usd) {
    CallerBudget budget =
        new CallerBudget("team-a", new BigDecimal(usd), BudgetAction.HARD_STOP, null);
    Gateway open =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withBudgets(
                        BudgetOptions.defaults()
                            .withCallers(List.of(budget))
                            .withReserveOutputTokens(100))
                    .withProvider(Gateway.provider(upstream)));
    gateway = open;
    return open;
  }

  private static @Nullable String verdict(Gateway open, String body) {
    JsonObject budget = explained(open, body, CALLER);
    return budget == null ? null : budget.getString("verdict");
  }

  private Gateway start(Vertx vertx, String usd, BudgetAction action, @Nullable String override) {
    Gateway open = Budgeted.start(vertx, usd, action, override);
    gateway = open;
    return open;
  }
}
