package dev.infermux.ledger;

import static dev.infermux.ledger.TestLedgers.NOON;
import static dev.infermux.ledger.TestLedgers.NOVEMBER;
import static dev.infermux.ledger.TestLedgers.cost;
import static dev.infermux.ledger.TestLedgers.done;
import static dev.infermux.ledger.TestLedgers.reserve;
import static dev.infermux.ledger.TestLedgers.spent;
import static dev.infermux.ledger.TestLedgers.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.CostReports.PendingTotals;
import dev.infermux.ledger.report.Totals;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import dev.infermux.policy.budget.Reservation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {

  private final List<BudgetAlert> alerts = new ArrayList<>();
  private final LocalLedger ledger =
      LocalLedger.inMemory(TestLedgers.hardStop("team-a", "0.01"), NOON, alerts::add);

  @Test
  void a_burst_cannot_spend_more_than_there_is() {
    List<Reservation> admitted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      BudgetVerdict verdict = done(ledger.reserve(TestLedgers.request("team-a", 1000)));
      Reservation reservation = verdict.reservation();
      if (reservation != null) {
        admitted.add(reservation);
      }
    }
    admitted.forEach(reservation -> ledger.settle(reservation, cost(reservation.amount())));

    assertThat(admitted).hasSize(10);
    assertThat(done(ledger.account("team-a")).spent()).isEqualTo(usd("0.01"));
    assertThat(spent(ledger)).isEqualTo(usd("0.01"));
    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(80, 100);
  }

  @Test
  void a_settlement_that_comes_twice_counts_once() {
    Reservation reservation = reserve(ledger, "team-a", 1000);
    ledger.settlePart(reservation, cost("0.0002"));
    ledger.settle(reservation, cost("0.0003"));

    assertThat(ledger.settle(reservation, cost("0.0003")).counted()).isFalse();
    ledger.release(reservation);
    assertThat(done(ledger.pending()).count()).isZero();
    Totals total = done(ledger.reports(reports -> reports.total(NOVEMBER)));
    assertThat(total).isEqualTo(new Totals(usd("0.0005"), 1, 20, 40));
  }

  @Test
  void nothing_is_pending_after_a_drain() {
    Reservation first = reserve(ledger, "team-a", 1000);
    Reservation second = reserve(ledger, "team-b", 2000);
    assertThat(done(ledger.pending())).isEqualTo(new PendingTotals(2, usd("0.003")));

    ledger.reduce(second, usd("0.0001"));
    assertThat(done(ledger.pending()).amount()).isEqualTo(usd("0.0011"));
    ledger.release(first);
    ledger.settle(second, cost("0.0001"));

    assertThat(done(ledger.pending())).isEqualTo(new PendingTotals(0, Usd.ZERO));
    done(ledger.durable(second));
    done(ledger.close());
  }

  @Test
  void a_reload_puts_other_limits_in_force() {
    ledger.settle(reserve(ledger, "team-a", 5000), cost("0.005"));

    ledger.reconfigure(TestLedgers.hardStop("team-a", "0.005"));

    assertThat(done(ledger.reserve(TestLedgers.request("team-a", 1))))
        .isEqualTo(new Stop(usd("0.005"), usd("0.005"), Usd.ZERO));
  }

  @Test
  void a_refused_call_leaves_no_trace() {
    assertThat(done(ledger.reserve(TestLedgers.request("team-a", 50)))).isNotInstanceOf(Stop.class);
    ledger.reconfigure(TestLedgers.hardStop("team-a", "0"));

    assertThat(done(ledger.reserve(TestLedgers.request("team-a", 50)))).isInstanceOf(Stop.class);
    assertThat(done(ledger.pending()).count()).isEqualTo(1);
  }
}
