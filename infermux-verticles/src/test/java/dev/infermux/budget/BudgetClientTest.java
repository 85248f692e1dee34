package dev.infermux.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two cells that share one budget, in which one call at a time has room. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class BudgetClientTest {

  private static final BudgetOptions ONE_AT_A_TIME =
      BudgetOptions.defaults()
          .withCallers(
              List.of(new CallerBudget("a", new BigDecimal("0.01"), BudgetAction.HARD_STOP, null)));

  /** 0.006 USD: 6000 tokens at a dollar a million. */
  private static final ReservationRequest CALL =
      new ReservationRequest(
          "a",
          "m",
          0,
          6_000,
          1,
          0,
          new UnitPrice(new Usd(1_000_000_000), new Usd(1_000_000_000)),
          null,
          ReservationRequest.Unlimited.FREELY);

  private static final CostEntry CHEAP = new CostEntry("", "", "p", "m", new Usd(1_000), 1, 1);

  @Test
  void settled_money_is_free_before_the_task_that_settles_has_ended(Vertx vertx) {
    assertThat(next(vertx, (cell, held) -> cell.settle(held, List.of(CHEAP)))).isTrue();
  }

  @Test
  void released_money_is_free_before_the_task_that_releases_has_ended(Vertx vertx) {
    assertThat(next(vertx, BudgetClient::release)).isTrue();
  }

  @Test
  void held_money_is_not(Vertx vertx) {
    assertThat(next(vertx, (cell, held) -> {})).isFalse();
  }

  /** Whether another cell that asks in the task in which the first one does this gets it all. */
  private static boolean next(Vertx vertx, BiConsumer<BudgetClient, Reservation> first) {
    LocalLedger ledger = LocalLedger.inMemory(ONE_AT_A_TIME, InstantSource.system(), alert -> {});
    EnvelopeCodec.register(vertx);
    vertx.deployVerticle(new BudgetVerticle("i", ledger, ledger, ledger, ledger)).await();
    BudgetClient cell = new BudgetClient(vertx, "i", VertxTimers.time(vertx).timers());
    BudgetClient other = new BudgetClient(vertx, "i", VertxTimers.time(vertx).timers());
    Promise<BudgetVerdict> verdict = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            here -> {
              Future<BudgetVerdict> held = cell.reserve(CALL);
              held.compose(
                      admitted -> {
                        Reservation reservation = admitted.reservation();
                        assertThat(reservation).isNotNull();
                        first.accept(cell, reservation);
                        return other.reserve(CALL);
                      })
                  .onComplete(verdict);
            });
    return verdict.future().await() instanceof BudgetVerdict.Admit;
  }
}
