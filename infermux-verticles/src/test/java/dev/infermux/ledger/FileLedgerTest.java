package dev.infermux.ledger;

import static dev.infermux.ledger.TestLedgers.NOVEMBER;
import static dev.infermux.ledger.TestLedgers.cost;
import static dev.infermux.ledger.TestLedgers.done;
import static dev.infermux.ledger.TestLedgers.reserve;
import static dev.infermux.ledger.TestLedgers.spent;
import static dev.infermux.ledger.TestLedgers.usd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.ledger.report.Totals;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import dev.infermux.policy.budget.Reservation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {

  @TempDir Path directory;

  @Test
  void spend_is_there_after_a_restart() throws Exception {
    Path file = directory.resolve("budgets.json");
    BudgetOptions options = TestLedgers.hardStop("team-a", "0.001");
    LocalLedger before = TestLedgers.open(file, options, StorageOptions.defaults(), alert -> {});
    before.settle(reserve(before, "team-a", 1000), cost("0.000999999"));
    done(before.close());

    LocalLedger after = TestLedgers.open(file, options, StorageOptions.defaults(), alert -> {});

    assertThat(done(after.account("team-a")).spent()).isEqualTo(usd("0.000999999"));
    assertThat(done(after.reserve(TestLedgers.request("team-a", 1)))).isInstanceOf(Stop.class);
    done(after.close());
  }

  @Test
  void a_link_to_a_disk_is_followed_before_there_is_a_file() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path link = directory.resolve("budgets.json");
    Files.createSymbolicLink(link, Path.of("disk", "budgets.json"));

    done(TestLedgers.open(link).close());

    assertThat(link).isSymbolicLink();
    assertThat(disk.resolve("budgets.json")).isRegularFile();
  }

  @Test
  void spend_is_there_after_a_crash() throws Exception {
    LocalLedger before = TestLedgers.open(directory.resolve("budgets.json"));
    before.settle(reserve(before, "team-a", 1000), cost("0.0004"));
    done(before.flush());
    Path left = TestLedgers.copy(directory.resolve("budgets.json"), directory.resolve("left"));

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isEqualTo(usd("0.0004"));
    done(after.close());
    done(before.close());
  }

  @Test
  void what_was_reserved_and_never_settled_counts_as_spent() throws Exception {
    LocalLedger before = TestLedgers.open(directory.resolve("budgets.json"));
    Reservation lost = reserve(before, "team-a", 1000);
    before.settle(reserve(before, "team-a", 1000), cost("0.0004"));
    before.release(reserve(before, "team-b", 1000));
    done(before.flush());
    Path left = TestLedgers.copy(directory.resolve("budgets.json"), directory.resolve("left"));

    LocalLedger after = TestLedgers.open(left);

    assertThat(done(after.account("team-a")).spent()).isEqualTo(usd("0.0014"));
    assertThat(done(after.account("team-b")).spent()).isEqualTo(Usd.ZERO);
    Map<String, Totals> byProvider =
        done(after.reports(reports -> reports.by(Dimension.PROVIDER, NOVEMBER)));
    assertThat(byProvider).containsEntry(CostEntry.UNSETTLED, new Totals(usd("0.001"), 1, 0, 0));
    assertThat(after.settle(lost, cost("0.001")).counted()).isFalse();
    done(after.close());
    done(before.close());
  }

  @Test
  void what_a_failed_attempt_cost_is_spent_once_and_only_the_rest_is_presumed() throws Exception {
    LocalLedger before = TestLedgers.open(directory.resolve("budgets.json"));
    Reservation reservation = reserve(before, "team-a", 1000);
    before.settlePart(reservation, cost("0.0004"));
    done(before.flush());
    Path once = TestLedgers.copy(directory.resolve("budgets.json"), directory.resolve("once"));
    done(before.extend(reservation, List.of(), usd("0.0010")));
    done(before.flush());
    Path extended =
        TestLedgers.copy(directory.resolve("budgets.json"), directory.resolve("extended"));

    LocalLedger afterOnce = TestLedgers.open(once);
    LocalLedger afterExtension = TestLedgers.open(extended);

    assertThat(spent(afterOnce)).isEqualTo(usd("0.0010"));
    assertThat(spent(afterExtension)).isEqualTo(usd("0.0014"));
    done(afterOnce.close());
    done(afterExtension.close());
    done(before.close());
  }

  @Test
  void what_is_presumed_spent_stays_so_and_is_not_counted_twice() throws Exception {
    LocalLedger before = TestLedgers.open(directory.resolve("budgets.json"));
    reserve(before, "team-a", 1000);
    done(before.flush());
    Path left = TestLedgers.copy(directory.resolve("budgets.json"), directory.resolve("left"));

    for (int restart = 0; restart < 3; restart++) {
      LocalLedger after = TestLedgers.open(left);
      assertThat(spent(after)).isEqualTo(usd("0.001"));
      done(after.close());
    }
    done(before.close());
  }

  @Test
  void marks_told_before_a_restart_are_not_told_again_and_presumed_spend_tells_new_ones()
      throws Exception {
    Path file = directory.resolve("budgets.json");
    BudgetOptions options = TestLedgers.hardStop("team-a", "0.001");
    List<BudgetAlert> alerts = new ArrayList<>();
    LocalLedger before = TestLedgers.open(file, options, StorageOptions.defaults(), alerts::add);
    before.settle(reserve(before, "team-a", 800), cost("0.0008"));
    reserve(before, "team-a", 200);
    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(80);
    done(before.close());
    alerts.clear();

    LocalLedger after = TestLedgers.open(file, options, StorageOptions.defaults(), alerts::add);

    assertThat(alerts).extracting(BudgetAlert::percent).containsExactly(100);
    done(after.close());
  }

  @Test
  void reports_are_the_same_after_a_restart() throws Exception {
    Path file = directory.resolve("budgets.json");
    LocalLedger before =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    for (int i = 0; i < 500; i++) {
      Reservation reservation = reserve(before, "team-" + i % 7, 1000);
      CostEntry entry =
          new CostEntry("p" + i % 3, "", "openai", "m" + i % 5, new Usd(i * 31L), i, 2 * i);
      before.settle(reservation, entry);
    }
    var expected = TestLedgers.reports(before);
    done(before.close());

    LocalLedger after = TestLedgers.open(file);

    assertThat(TestLedgers.reports(after)).isEqualTo(expected);
    done(after.close());
  }

  @Test
  void a_crash_between_any_two_steps_loses_nothing_that_was_written() throws Exception {
    Path file = directory.resolve("budgets.json");
    LocalLedger ledger =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    Usd sum = Usd.ZERO;
    for (int i = 0; i < 400; i++) {
      Reservation reservation = reserve(ledger, "team-" + i % 5, 1000);
      Usd usd = new Usd(1 + i * 7919L % 1_000_000);
      ledger.settle(reservation, cost(usd));
      sum = sum.plus(usd);
      if (i % 20 == 0) {
        done(ledger.flush());
        assertThat(spentInCopy(file, "copy-" + i)).as("after %d", i).isEqualTo(sum);
      }
    }
    done(ledger.close());
  }

  @Test
  void journals_that_the_snapshot_contains_are_deleted() throws Exception {
    Path file = directory.resolve("budgets.json");
    LocalLedger ledger =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    for (int i = 0; i < 2000; i++) {
      ledger.settle(reserve(ledger, "team-a", 1000), cost("0.0001"));
    }
    done(ledger.close());

    assertThat(TestLedgers.journals(file)).isEmpty();
    assertThat(Files.readString(file)).contains("\"team-a\"").contains("0.2");
  }

  @Test
  void a_reservation_is_durable_once_the_operating_system_has_it() throws Exception {
    Path file = directory.resolve("budgets.json");
    LocalLedger ledger = TestLedgers.open(file);

    Reservation reservation = reserve(ledger, "team-a", 1000);
    done(ledger.durable(reservation));

    assertThat(spentInCopy(file, "copy")).isEqualTo(usd("0.001"));
    done(ledger.close());
  }

  private Usd spentInCopy(Path file, String name) throws Exception {
    LocalLedger after = TestLedgers.open(TestLedgers.copy(file, directory.resolve(name)));
    Usd spent = spent(after);
    done(after.close());
    return spent;
  }
}
