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
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of money. Each call costs 19 × 0.15 and 10 × 0.60 millionths of a dollar. */
@ExtendWith(VertxExtension.class)
final class CostsTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String EACH = "0.00000885";
  private static final String TEAM_A = "X-Infermux-Caller: team a/b";

  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withBudgets(
                        BudgetOptions.defaults()
                            .withCallers(
                                List.of(
                                    budget("team a/b", "1"),
                                    budget("idle", "0.5"),
                                    budget("broke", "0"))))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  /** A stream is charged behind its last event: whoever has read that asks after it. */
  @Test
  void what_a_stream_cost_is_told_to_whoever_has_read_its_end() {
    gateway
        .upstream()
        .always(
            MockAnswer.events(
                Texts.role(), Texts.delta("Hi"), Texts.finish(), Texts.usage(19, 10), "[DONE]"));
    for (int i = 1; i <= 100; i++) {
      String id = "stream-" + i;
      try (Wire wire = gateway.connect()) {
        wire.request(
            "POST",
            PATH,
            Texts.stream(Gateway.MODEL, "Hi"),
            i % 2 == 0 ? TEAM_A : "X-Infermux-Caller: free",
            "X-Infermux-Request-Id: " + id);
        wire.readUntil("[DONE]");

        assertThat(get("costs").json().getInteger("requests")).isEqualTo(i);
        assertThat(get("requests/" + id).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void every_report_tells_the_same_spend() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    call(TEAM_A, "X-Infermux-Project: search");
    call(TEAM_A, "X-Infermux-Project: mail");
    call("X-Infermux-Project: search");

    WireAnswer costs = get("costs");
    assertThat(costs.body())
        .isEqualTo(
            "{\"period\":\""
                + YearMonth.now(ZoneOffset.UTC)
                + "\",\"total_usd\":0.00002655,\"by_provider\":{\"upstream\":0.00002655},"
                + "\"by_model\":{\"gpt-4o-mini\":0.00002655},"
                + "\"requests\":3,\"prompt_tokens\":57,\"completion_tokens\":30}");
    assertThat(get("costs/by-model").body()).contains("{\"gpt-4o-mini\":0.00002655}");
    assertThat(get("costs/by-group").body()).contains("{\"none\":0.00002655}");
    assertThat(get("costs/by-project").body())
        .contains("{\"search\":0.0000177,\"mail\":0.00000885}");
    JsonArray points = get("costs/timeseries").json().getJsonArray("points");
    assertThat(points).hasSize(24);
    assertThat(points.stream().mapToInt(point -> ((JsonObject) point).getInteger("requests")).sum())
        .isEqualTo(3);
    assertThat(get("costs?period=2020-01").status()).isEqualTo(400);
  }

  @Test
  void the_providers_own_bill_is_noted_beside_a_model_with_a_price() {
    BusEvents events = new BusEvents(gateway.vertx());
    String billed = Texts.CHAT_ANSWER.replace("\"usage\":{", "\"usage\":{\"cost\":0.00123,");
    gateway.upstream().next(MockAnswer.json(billed), MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"));
    call();

    JsonObject cost = events.costs(2).get(0);
    assertThat(cost.getDouble("cost_usd")).isEqualTo(Double.parseDouble(EACH));
    assertThat(cost.getDouble("billed_usd")).isEqualTo(0.00123);
    assertThat(events.costs(2).get(1).fieldNames()).doesNotContain("billed_usd");
    JsonObject record = get("requests/" + answer.header("X-Infermux-Request-Id")).json();
    assertThat(record.getJsonArray("attempts").getJsonObject(0).getDouble("billed_usd"))
        .isEqualTo(0.00123);
  }

  @Test
  void budget_stands_beside_the_spend_of_its_caller_and_what_is_left_adds_up() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    call(TEAM_A);
    call();

    String callers = get("costs/by-caller").body();
    String teamA = get("costs/caller/team%20a%2Fb").body();

    assertThat(callers)
        .contains("\"caller\":\"team a/b\",\"total_usd\":" + EACH + ",\"budget_usd\":1,")
        .contains("\"caller\":\"anonymous\",\"total_usd\":" + EACH + ",\"requests\":1,")
        .contains("\"caller\":\"idle\",\"total_usd\":0,\"budget_usd\":0.5,");
    assertThat(teamA)
        .contains("\"budget_remaining_usd\":0.99999115,")
        .contains("\"by_model\":{\"gpt-4o-mini\":" + EACH + "}");
    assertThat(get("costs/caller/idle").status()).isEqualTo(200);
    assertThat(get("costs/caller/idle?period=2020-01").status()).isEqualTo(400);
    assertThat(get("costs/caller/nobody").status()).isEqualTo(404);
  }

  @Test
  void metrics_show_budgets_reservations_and_refusals() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    call(TEAM_A);
    call();
    String broke = "X-Infermux-Caller: broke";
    assertThat(gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"), broke).status()).isEqualTo(429);

    assertThat(get("metrics").body().lines())
        .contains(
            "infermux_budget_remaining_usd{caller=\"team a/b\"} 0.99999115",
            "infermux_budget_remaining_usd{caller=\"idle\"} 0.5",
            "infermux_budget_refusals_total 1.0",
            "infermux_budget_held_usd 0.0",
            "infermux_budget_open_holds 0.0",
            "infermux_ledger_behind 0.0")
        .noneMatch(line -> line.contains("caller=\"anonymous\""));
  }

  @Test
  void tokens_and_cost_of_a_stream_can_be_read_after_it() {
    gateway.upstream().next(Texts.streamAnswer());
    WireAnswer stream =
        gateway.post(
            PATH,
            Texts.stream(Gateway.MODEL, "a secret"),
            "X-Infermux-Request-Id: run 7/a",
            "X-Infermux-Project: search",
            TEAM_A);
    assertThat(stream.trailers()).containsEntry("X-Infermux-Cost", EACH);

    WireAnswer answer = get("requests/run%207%2Fa");

    assertThat(answer.body()).contains("\"cost_usd\":" + EACH + ",").doesNotContain("secret");
    assertThat(answer.json().getMap())
        .containsEntry("request_id", "run 7/a")
        .containsEntry("caller", "team a/b")
        .containsEntry("project", "search")
        .containsEntry("requested_model", Gateway.MODEL)
        .containsEntry("model", Gateway.MODEL)
        .containsEntry("provider", "upstream")
        .containsEntry("strategy", "round_robin")
        .containsEntry("stream", true)
        .containsEntry("status", "ok")
        .containsEntry("http_status", 200)
        .containsEntry("prompt_tokens", 19)
        .containsEntry("completion_tokens", 10)
        .containsEntry("cost_status", "exact")
        .containsKeys("latency_ms", "ttft_ms", "started_at");
    assertThat(answer.json().getJsonArray("attempts").getJsonObject(0).getMap())
        .containsEntry("provider", "upstream")
        .containsEntry("status", "ok");
  }

  @Test
  void requests_are_listed_the_latest_first_with_the_refused_ones() {
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"), "X-Infermux-Request-Id: one");
    gateway.post(PATH, Texts.chat("nobody", "Hi"), "X-Infermux-Request-Id: two");

    JsonArray rows = get("requests?limit=2").json().getJsonArray("requests");

    assertThat(rows.getJsonObject(0).getMap())
        .containsEntry("request_id", "two")
        .containsEntry("error_code", "model_not_found")
        .containsEntry("cost_usd", 0)
        .containsEntry("cost_status", null);
    assertThat(rows.getJsonObject(1).getString("request_id")).isEqualTo("one");
    assertThat(get("requests?limit=1").json().getJsonArray("requests")).hasSize(1);
    assertThat(get("requests/gone").error().getString("message"))
        .isEqualTo("request: \"gone\" (expected: one of the last 1000 that have finished)");
  }

  private void call(String... headers) {
    assertThat(gateway.post(PATH, Texts.chat(Gateway.MODEL, "Hi"), headers).status())
        .isEqualTo(200);
  }

  private WireAnswer get(String path) {
    return gateway.get("/_infermux/" + path);
  }

  private static CallerBudget budget(String caller, String usd) {
    return new CallerBudget(caller, new BigDecimal(usd), BudgetAction.HARD_STOP, null);
  }
}
