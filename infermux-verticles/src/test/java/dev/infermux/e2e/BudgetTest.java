package dev.infermux.e2e;

import static dev.infermux.e2e.kit.Budgeted.chat;
import static dev.infermux.e2e.kit.Budgeted.explained;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Budgeted;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Budgets as callers meet them; gpt-4o-mini costs 0.15 and 0.60 USD per million tokens. */
@ExtendWith(VertxExtension.class)
final class BudgetTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String CALLER = "X-Infermux-Caller: team-a";

  private @Nullable Gateway gateway;

  @AfterEach
  void close() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void call_that_does_not_fit_is_refused_before_it_reaches_a_provider(Vertx vertx) {
    Gateway open = start(vertx, "0.0001", BudgetAction.HARD_STOP, null);
    BusEvents events = new BusEvents(open.vertx());

    WireAnswer refused = open.post(PATH, chat(1_000_000), CALLER);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-Infermux-Error")).isEqualTo("budget_exceeded");
    assertThat(refused.header("x-should-retry")).isEqualTo("false");
    // 1,000,000 tokens at 0.60 and a prompt's bound at 0.15 USD a million
    assertThat(refused.body())
        .contains("0.0001 USD a month", "team-a")
        .containsPattern("may cost up to 0\\.6000\\d+ USD, 0\\.0000\\d+ of it for the prompt");
    assertThat(open.upstream().requests()).isEmpty();
    JsonObject event = events.budgets(1).get(0);
    assertThat(event.getString("kind")).isEqualTo("refusal");
    assertThat(event.getString("request_id")).isNotEmpty();
  }

  @Test
  void budget_of_one_caller_is_not_that_of_another(Vertx vertx) {
    Gateway open = start(vertx, "0", BudgetAction.HARD_STOP, null);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer refused = open.post(PATH, chat(10), CALLER);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("for the prompt (wait for the next month, UTC)");
    assertThat(open.post(PATH, chat(10), "X-Infermux-Caller: team-b").status()).isEqualTo(200);
    assertThat(open.post(PATH, chat(10)).status()).isEqualTo(200);
  }

  @Test
  void completion_is_lowered_to_what_fits_and_the_answer_says_so(Vertx vertx) {
    // Room for the prompt's bound and some 3,000 tokens of completion.
    Gateway open = start(vertx, "0.002", BudgetAction.HARD_STOP, null);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = open.post(PATH, chat(10_000), CALLER);

    int lowered = Integer.parseInt(answer.header("X-Infermux-Max-Tokens"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(lowered).isBetween(2_500, 3_400);
    assertThat(new JsonObject(open.upstream().lastRequest().body()).getInteger("max_tokens"))
        .isEqualTo(lowered);
  }

  @Test
  void cheaper_model_serves_what_no_longer_fits(Vertx vertx) {
    // 100,000 tokens of gpt-4o cost a dollar; of gpt-4o-mini, six cents.
    Gateway open = start(vertx, "0.10", BudgetAction.MODEL_OVERRIDE, Gateway.MODEL);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = open.post(PATH, chat(100_000).replace(Gateway.MODEL, "gpt-4o"), CALLER);

    assertThat(answer.header("X-Infermux-Model-Override")).isEqualTo(Gateway.MODEL);
    assertThat(new JsonObject(open.upstream().lastRequest().body()).getString("model"))
        .isEqualTo(Gateway.MODEL);
    assertThat(answer.header("X-Infermux-Model")).startsWith(Gateway.MODEL);
  }

  @Test
  void alert_lets_calls_through_and_tells_once(Vertx vertx) {
    // Each answer costs 0.00000885 USD.
    Gateway open = start(vertx, "0.00001", BudgetAction.ALERT, null);
    BusEvents events = new BusEvents(open.vertx());
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    for (int i = 0; i < 3; i++) {
      assertThat(open.post(PATH, chat(10), CALLER).status()).isEqualTo(200);
    }

    assertThat(events.budgets(3))
        .extracting(event -> event.getInteger("percent"))
        .containsExactly(80, 100, 200);
  }

  @Test
  void money_of_failed_and_cancelled_calls_comes_back(Vertx vertx) throws Exception {
    // Two calls of this size fit at a time.
    Gateway open = start(vertx, "0.0015", BudgetAction.HARD_STOP, null);
    for (int i = 0; i < 10; i++) {
      open.upstream().next(MockAnswer.json(400, "{}"));
      assertThat(open.post(PATH, chat(1_000), CALLER).status()).isEqualTo(400);
    }
    for (int i = 0; i < 10; i++) {
      open.upstream().next(MockAnswer.silence());
      Wire wire = open.connect().request("POST", PATH, chat(1_000), CALLER);
      int arrived = 11 + i;
      await().until(() -> open.upstream().requests().size() == arrived);
      wire.reset();
      await().until(() -> open.upstream().lastRequest().abandoned());
    }
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    assertThat(open.post(PATH, chat(1_000), CALLER).status()).isEqualTo(200);
  }

  @Test
  void stream_is_held_and_booked_like_a_whole_answer(Vertx vertx) {
    // Room for a stream of this size and what one has cost, not for two.
    Gateway open = start(vertx, "0.0008", BudgetAction.HARD_STOP, null);
    BusEvents events = new BusEvents(open.vertx());
    open.upstream().always(Texts.streamAnswer());
    String stream = "{\"stream\":true," + chat(1_000).substring(1);

    for (int i = 0; i < 5; i++) {
      assertThat(open.post(PATH, stream, CALLER).body()).endsWith("data: [DONE]\n\n");
      events.costs(i + 1);
    }
  }

  @Test
  void explain_tells_the_verdict_and_sets_nothing_aside(Vertx vertx) {
    Gateway open = start(vertx, "0.002", BudgetAction.HARD_STOP, null);
    open.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    open.post(PATH, chat(10), CALLER);

    JsonObject fits = explained(open, chat(10), CALLER);
    JsonObject lowered = explained(open, chat(10_000), CALLER);
    JsonObject refused = explained(open, chat(10_000).replace("Hi", "Hi".repeat(10_000)), CALLER);

    assertThat(fits.getMap())
        .containsEntry("verdict", "admit")
        .containsEntry("limit_usd", 0.002)
        .containsEntry("spent_usd", 0.00000885)
        .containsEntry("held_usd", 0);
    assertThat(lowered.getString("verdict")).isEqualTo("lower");
    assertThat(lowered.getInteger("max_tokens")).isBetween(2_500, 3_400);
    assertThat(refused.getMap()).containsEntry("verdict", "refuse").doesNotContainKey("hold_usd");
    assertThat(explained(open, chat(10), "X-Infermux-Caller: team-b")).isNull();
    assertThat(open.upstream().requests()).hasSize(1);
    assertThat(open.get("/_infermux/metrics").body()).contains("infermux_budget_open_holds 0.0");
  }

  @Test
  void explain_names_the_cheaper_model(Vertx vertx) {
    Gateway open = start(vertx, "0.10", BudgetAction.MODEL_OVERRIDE, Gateway.MODEL);

    String dear = chat(100_000).replace(Gateway.MODEL, "gpt-4o");

    assertThat(explained(open, dear, CALLER).getMap())
        .containsEntry("verdict", "override")
        .containsEntry("model", Gateway.MODEL);
  }

  @Test
  void thousand_concurrent_calls_on_a_dollar_spend_a_dollar_at_most(Vertx vertx) throws Exception {
    // 500 tokens of completion at 10 USD a million: half a cent for each call that is charged.
    Gateway open = start(vertx, "1", BudgetAction.HARD_STOP, null);
    BusEvents events = new BusEvents(open.vertx());
    open.upstream().always(request -> writesAsMuchAsItMay(request.body()));
    String call = chat(500).replace(Gateway.MODEL, "gpt-4o");
    ExecutorService callers = Executors.newFixedThreadPool(100);
    List<Future<Integer>> statuses = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      statuses.add(callers.submit(() -> open.post(PATH, call, CALLER).status()));
    }
    int served = 0;
    for (Future<Integer> status : statuses) {
      served += status.get(60, TimeUnit.SECONDS) == 200 ? 1 : 0;
    }
    callers.shutdown();

    BigDecimal spent =
        events.costs(served).stream()
            .map(cost -> new BigDecimal(cost.getValue("cost_usd").toString()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(spent).isLessThanOrEqualTo(BigDecimal.ONE);
    // 19 tokens in at 2.50 and 500 out at 10: nobody was refused who fitted by what was settled.
    BigDecimal each = new BigDecimal("0.0050475");
    assertThat(spent.add(each.multiply(BigDecimal.valueOf(3)))).isGreaterThan(BigDecimal.ONE);
  }

  private static MockAnswer writesAsMuchAsItMay(String request) {
    int most = new JsonObject(request).getInteger("max_tokens");
    String answer =
        Texts.CHAT_ANSWER
            .replace("\"completion_tokens\":10", "\"completion_tokens\":" + most)
            .replace("\"total_tokens\":29", "\"total_tokens\":" + (19 + most));
    return MockAnswer.json(answer).after(Duration.ofMillis(20));
  }

  private Gateway start(Vertx vertx, String usd, BudgetAction action, @Nullable String override) {
    Gateway open = Budgeted.start(vertx, usd, action, override);
    gateway = open;
    return open;
  }
}
