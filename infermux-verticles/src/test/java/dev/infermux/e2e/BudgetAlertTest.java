package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks of a budget as TokenTrace is told of them; each call costs 0.00000885 USD. */
@ExtendWith(VertxExtension.class)
final class BudgetAlertTest {

  private TokenTraceStandIn tokenTrace;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    tokenTrace = TokenTraceStandIn.start(vertx);
    gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withTelemetry(
                        TelemetryOptions.defaults().withTokentrace(TokenTrace.at(tokenTrace.url())))
                    .withBudgets(
                        BudgetOptions.defaults()
                            .withCallers(
                                List.of(
                                    new CallerBudget(
                                        "team-a",
                                        new BigDecimal("0.00001"),
                                        BudgetAction.ALERT,
                                        null))))
                    .withProvider(Gateway.provider(upstream)));
  }

  @AfterEach
  void close() {
    gateway.close();
    tokenTrace.close();
  }

  @Test
  void marks_are_a_warning_at_80_and_critical_from_100_percent_on() {
    tokenTrace.takesAlerts();
    gateway.upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));

    for (int i = 0; i < 3; i++) {
      gateway.post(
          "/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"), "X-Infermux-Caller: team-a");
    }

    await().until(() -> tokenTrace.alerts().size() == 3);
    assertThat(payload(0).getMap())
        .containsEntry("level", "warning")
        .containsEntry("metric", "budget.spent_usd")
        .containsEntry("value", 0.00000885)
        .containsEntry("threshold", 0.000008)
        .containsEntry(
            "message",
            "budget of caller \"team-a\": 80 % reached: 0.00000885 of 0.00001 USD spent in "
                + YearMonth.now(ZoneOffset.UTC));
    assertThat(payload(1).getMap())
        .containsEntry("level", "critical")
        .containsEntry("threshold", 0.00001);
    assertThat(payload(2).getMap())
        .containsEntry("level", "critical")
        .containsEntry("threshold", 0.00002);
  }

  private JsonObject payload(int number) {
    // Each is posted by itself, so that they may overtake each other on the way.
    return tokenTrace.alerts().stream()
        .map(envelope -> envelope.getJsonObject("payload"))
        .sorted(Comparator.comparing(alert -> alert.getDouble("threshold")))
        .toList()
        .get(number);
  }
}
