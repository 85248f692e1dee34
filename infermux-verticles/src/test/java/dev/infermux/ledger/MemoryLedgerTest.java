package dev.infermux.ledger;

import static dev.infermux.ledger.Books.NOON;
import static dev.infermux.ledger.Books.NOVEMBER;
import static dev.infermux.ledger.Books.cost;
import static dev.infermux.ledger.Books.done;
import static dev.infermux.ledger.Books.reserve;
import static dev.infermux.ledger.Books.spent;
import static dev.infermux.ledger.Books.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.Tally;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import dev.infermux.policy.budget.Hold;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {

  private final List<BudgetAlert> alerts = new ArrayList<>();
  private final Ledger ledger =
      Ledger.inMemory(Books.hardStop("team-a", "0.01"), NOON, alerts::add);

  @Test
  void a_burst_can_not_spend_more_than_there_is() {
    List<Hold> admitted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      BudgetVerdict verdict = done(ledger.reserve(Books.request("team-a", 1000)));
      Hold hold = verdict.hold();
      if (hold != null) {
        admitted.add(hold);
      }
    }
    admitted.forEach(hold -> done(ledger.settle(hold, cost(hold.amount()))));

    assertThat(admitted).hasSize(10);
    assertThat(done(ledger.account("team-a")).spent()).isEqualTo(usd("0.01"));
    assertThat(spent(ledger)).isEqualTo(usd("0.01"));
    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(80, 100);
  }

  @Test
  void a_settlement_that_comes_twice_is_booked_once() {
    Hold hold = reserve(ledger, "team-a", 1000);
    done(ledger.charge(hold, cost("0.0002")));
    done(ledger.settle(hold, cost("0.0003")));

    assertThat(done(ledger.settle(hold, cost("0.0003"))).counted()).isFalse();
    assertThat(done(ledger.release(hold))).isFalse();
    Tally total = done(ledger.reports(reports -> reports.total(NOVEMBER)));
    assertThat(total).isEqualTo(new Tally(usd("0.0005"), 1, 20, 40));
  }

  @Test
  void nothing_is_held_after_a_drain() {
    Hold first = reserve(ledger, "team-a", 1000);
    Hold second = reserve(ledger, "team-b", 2000);
    assertThat(done(ledger.openHolds())).isEqualTo(new Ledger.OpenHolds(2, usd("0.003")));

    ledger.shrinkTo(second, usd("0.0001"));
    assertThat(done(ledger.openHolds()).held()).isEqualTo(usd("0.0011"));
    done(ledger.release(first));
    done(ledger.settle(second, cost("0.0001")));

    assertThat(done(ledger.openHolds())).isEqualTo(new Ledger.OpenHolds(0, Usd.ZERO));
    done(ledger.recorded(second));
    done(ledger.close());
  }

  @Test
  void a_reload_puts_other_limits_in_force() {
    done(ledger.settle(reserve(ledger, "team-a", 5000), cost("0.005")));

    ledger.reconfigure(Books.hardStop("team-a", "0.005"));

    assertThat(done(ledger.reserve(Books.request("team-a", 1))))
        .isEqualTo(new Stop(usd("0.005"), usd("0.005"), Usd.ZERO));
  }

  @Test
  void a_refused_call_leaves_no_trace() {
    assertThat(done(ledger.reserve(Books.request("team-a", 50)))).isNotInstanceOf(Stop.class);
    ledger.reconfigure(Books.hardStop("team-a", "0"));

    assertThat(done(ledger.reserve(Books.request("team-a", 50)))).isInstanceOf(Stop.class);
    assertThat(done(ledger.openHolds()).count()).isEqualTo(1);
  }
}
