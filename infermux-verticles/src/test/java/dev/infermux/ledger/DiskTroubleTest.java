package dev.infermux.ledger;

import static dev.infermux.ledger.TestLedgers.cost;
import static dev.infermux.ledger.TestLedgers.done;
import static dev.infermux.ledger.TestLedgers.reserve;
import static dev.infermux.ledger.TestLedgers.spent;
import static dev.infermux.ledger.TestLedgers.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import dev.infermux.policy.budget.Reservation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real file systems that are full, or may not be written to. */
class DiskTroubleTest {

  @TempDir Path directory;

  @Test
  void a_full_disk_is_said_once_and_loudly_while_money_is_counted_on_and_caught_up_with_later()
      throws Exception {
    try (Mount mount = Mount.tmpfs(directory, "size=256k");
        LogLines log = new LogLines()) {
      Path file = directory.resolve("budgets.json");
      LocalLedger ledger =
          TestLedgers.open(
              file, TestLedgers.hardStop("team-a", "0.5"), TestLedgers.SHORT_JOURNALS, a -> {});
      settle(ledger, 100);
      fill(directory.resolve("ballast"));

      settle(ledger, 100);
      await().until(ledger::behind);
      settle(ledger, 200);
      Reservation open = reserve(ledger, "team-a", 1000);
      done(ledger.durable(open));

      assertThat(done(ledger.account("team-a")).spent()).isEqualTo(usd("0.4"));
      assertThat(spent(ledger)).isEqualTo(usd("0.4"));
      assertThat(done(ledger.reserve(TestLedgers.request("team-a", 200_000))))
          .isNotInstanceOf(Stop.class);
      assertThat(log.containing("COUNTED IN MEMORY ALONE")).hasSize(1);
      assertThat(log.containing("COUNTED IN MEMORY ALONE").get(0))
          .startsWith("ERROR " + file.toRealPath())
          .contains("No space left on device");

      Files.delete(directory.resolve("ballast"));
      await().atMost(Duration.ofSeconds(60)).until(() -> !ledger.behind());

      assertThat(log.containing("written again")).hasSize(1);
      assertThat(reopened(TestLedgers.copy(file, directory.resolve("copy"))))
          .isGreaterThanOrEqualTo(usd("0.401"));
      done(ledger.close());
    }
  }

  @Test
  void a_disk_that_is_full_at_the_start_does_not_keep_calls_from_being_served() throws Exception {
    try (Mount mount = Mount.tmpfs(directory, "size=256k")) {
      Path file = directory.resolve("budgets.json");
      LocalLedger before = TestLedgers.open(file);
      settle(before, 10);
      done(before.close());
      fill(directory.resolve("ballast"));

      LocalLedger after = TestLedgers.open(file);

      assertThat(after.behind()).isTrue();
      assertThat(spent(after)).isEqualTo(usd("0.01"));
      settle(after, 10);
      Files.delete(directory.resolve("ballast"));
      await().atMost(Duration.ofSeconds(60)).until(() -> !after.behind());
      assertThat(reopened(TestLedgers.copy(file, directory.resolve("copy"))))
          .isEqualTo(usd("0.02"));
      done(after.close());
    }
  }

  @Test
  void a_disk_that_stays_full_leaves_the_last_whole_files_behind() throws Exception {
    try (Mount mount = Mount.tmpfs(directory, "size=256k")) {
      Path file = directory.resolve("budgets.json");
      LocalLedger ledger = TestLedgers.open(file);
      settle(ledger, 10);
      done(ledger.flush());
      fill(directory.resolve("ballast"));
      settle(ledger, 500);
      done(ledger.close());

      Files.delete(directory.resolve("ballast"));

      assertThat(reopened(file)).isGreaterThanOrEqualTo(usd("0.01"));
    }
  }

  @Test
  void a_directory_that_may_not_be_written_to_stops_the_start() throws Exception {
    try (Mount mount = Mount.tmpfs(directory, "size=256k")) {
      mount.remount("ro");

      assertThatThrownBy(() -> TestLedgers.open(directory.resolve("budgets.json")))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("Read-only file system")
          .hasMessageContaining("(expected: a directory that InferMux may write to)");
    }
  }

  private static void settle(LocalLedger ledger, int times) {
    for (int i = 0; i < times; i++) {
      ledger.settle(reserve(ledger, "team-a", 1000), cost("0.001"));
    }
  }

  private static void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[1024];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space");
    }
  }

  private static Usd reopened(Path file) throws Exception {
    LocalLedger ledger = TestLedgers.open(file);
    Usd spent = spent(ledger);
    done(ledger.close());
    return spent;
  }
}
