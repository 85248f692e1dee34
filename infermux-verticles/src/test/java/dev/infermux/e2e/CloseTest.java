package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Closing without draining first ends what is in flight, and gives back what is held for it. */
@ExtendWith(VertxExtension.class)
class CloseTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final RetryOptions LONG_PAUSE =
      RetryOptions.defaults().withAttempts(1).withBackoff(Duration.ofHours(1));

  @TempDir private Path directory;

  private Gateway open(Vertx vertx, RetryOptions retry) {
    BudgetOptions budgets =
        BudgetOptions.defaults()
            .withStateFile(directory.resolve("budgets.json"))
            .withCallers(
                List.of(
                    new CallerBudget(
                        "anonymous", new BigDecimal("1000"), BudgetAction.HARD_STOP, null)));
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withBudgets(budgets)
                .withRouting(config.routing().withRetry(retry))
                .withProvider(Gateway.provider(upstream)));
  }

  @Test
  void stream_ends_with_an_error_event(Vertx vertx) {
    Gateway gateway = open(vertx, RetryOptions.defaults().withAttempts(0));
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("so far")).thenSilence());

    try (Wire wire = gateway.connect().request("POST", CHAT, Texts.stream(Gateway.MODEL, "Hi"))) {
      wire.readUntil("so far");
      Future<Void> closed = gateway.inferMux().close();

      assertThat(wire.readUntil("\r\n0\r\n"))
          .contains("event: error", "stops before the answer is whole")
          .doesNotContain("[DONE]");
      closed.await();
    }
    await().until(gateway.upstream().lastRequest()::abandoned);
    gateway.upstream().close();
  }

  @Test
  void call_of_the_program_that_waits_for_its_provider_fails_and_holds_nothing(Vertx vertx) {
    Gateway gateway = open(vertx, RetryOptions.defaults().withAttempts(0));
    gateway.upstream().next(MockAnswer.silence());

    Future<?> call = gateway.inferMux().infer(request());
    await().until(() -> !gateway.upstream().requests().isEmpty());
    closed(gateway, call);

    nothingIsHeld(vertx);
  }

  @Test
  void call_that_pauses_before_its_next_attempt_fails_and_holds_nothing(Vertx vertx) {
    Gateway gateway = open(vertx, LONG_PAUSE);
    gateway.upstream().always(MockAnswer.json(503, "{\"error\":{\"message\":\"busy\"}}"));

    Future<?> call = gateway.inferMux().infer(request());
    await().until(() -> !gateway.upstream().requests().isEmpty());
    closed(gateway, call);

    nothingIsHeld(vertx);
  }

  private static void closed(Gateway gateway, Future<?> call) {
    gateway.inferMux().close().await();
    await().atMost(Duration.ofSeconds(20)).until(call::isComplete);
    assertThat(call.failed()).isTrue();
    gateway.upstream().close();
  }

  /** A reservation that was not given back would count as spent from the next start on. */
  private void nothingIsHeld(Vertx vertx) {
    try (Gateway next = open(vertx, RetryOptions.defaults().withAttempts(0))) {
      assertThat(next.get("/_infermux/metrics").body())
          .contains(
              "infermux_budget_remaining_usd{caller=\"anonymous\"} 1000.0",
              "infermux_budget_open_holds 0.0");
    }
  }

  private static InferRequest request() {
    return InferRequest.of(Gateway.MODEL, List.of(ChatMessage.of("user", "Hi")));
  }
}
