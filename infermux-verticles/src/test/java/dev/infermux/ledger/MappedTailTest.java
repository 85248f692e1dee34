package dev.infermux.ledger;

import static dev.infermux.ledger.TestLedgers.cost;
import static dev.infermux.ledger.TestLedgers.done;
import static dev.infermux.ledger.TestLedgers.reserve;
import static dev.infermux.ledger.TestLedgers.spent;
import static dev.infermux.ledger.TestLedgers.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.policy.budget.Reservation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The latest records, which outlive a process before its journal has them. */
class MappedTailTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("budgets.json");
  }

  @Test
  void record_is_safe_as_soon_as_it_is_appended() throws Exception {
    LocalLedger before = TestLedgers.open(file);

    Reservation reservation = reserve(before, "team-a", 1000);

    assertThat(before.durable(reservation).isComplete()).isTrue();
    done(before.close());
  }

  @Test
  void what_the_journal_does_not_have_is_read_from_the_latest_records() throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);

    LocalLedger after = TestLedgers.open(left);

    // 0.0004 settled and a reservation of 0.001.
    assertThat(spent(after)).isEqualTo(usd("0.0014"));
    done(after.close());
  }

  @Test
  void what_the_journal_has_as_well_counts_once() throws Exception {
    LocalLedger before = TestLedgers.open(file);
    before.settle(reserve(before, "team-a", 1000), cost("0.0004"));
    done(before.flush());
    Path left = TestLedgers.copy(file, directory.resolve("left"));

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isEqualTo(usd("0.0004"));
    done(after.close());
    done(before.close());
  }

  @Test
  void nothing_is_lost_when_more_comes_than_there_is_room_for() throws Exception {
    LocalLedger before =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    Reservation last = reserve(before, "team-a", 1000);
    for (int i = 1; i < 5_000; i++) {
      last = reserve(before, "team-a", 1000);
    }
    done(before.durable(last));
    Path left = TestLedgers.copy(file, directory.resolve("left"));

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isEqualTo(usd("5"));
    done(after.close());
    done(before.close());
  }

  @Test
  void records_are_kept_again_once_the_journal_has_caught_up() throws Exception {
    LocalLedger ledger =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.SHORT_JOURNALS, alert -> {});
    for (int i = 0; i < 5_000; i++) {
      reserve(ledger, "team-a", 1000);
    }
    done(ledger.flush());

    assertThat(ledger.durable(reserve(ledger, "team-a", 1000)).isComplete()).isTrue();
    done(ledger.close());
  }

  @Test
  void clean_stop_leaves_the_snapshot_alone() throws Exception {
    LocalLedger ledger = TestLedgers.open(file);
    ledger.settle(reserve(ledger, "team-a", 1000), cost("0.0004"));
    assertThat(recent(file)).exists();

    done(ledger.close());

    assertThat(TestLedgers.contents(file).keySet()).containsExactly(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 31})
  void file_that_was_not_made_to_its_end_holds_nothing(int length) throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);
    byte[] whole = Files.readAllBytes(recent(left));
    Files.write(recent(left), Arrays.copyOf(whole, length));

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isLessThanOrEqualTo(usd("0.0014"));
    done(after.close());
  }

  @Test
  void record_that_was_being_put_is_dropped_and_those_before_it_count() throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);
    byte[] whole = Files.readAllBytes(recent(left));
    int end = whole.length - 1;
    while (whole[end] == 0) {
      end--;
    }
    whole[end] ^= 1;
    Files.write(recent(left), whole);

    LocalLedger after = TestLedgers.open(left);

    // The second reservation was the last record.
    assertThat(spent(after)).isEqualTo(usd("0.0004"));
    done(after.close());
  }

  @Test
  void foreign_file_in_its_place_stops_the_start() throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);
    Files.writeString(recent(left), "not the latest records, but long enough to look like them");

    refuses(left, "budgets.json.recent: byte 0 is not the head of recent records");
  }

  @Test
  void latest_records_of_another_ledger_stop_the_start() throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);
    Path other = directory.resolve("other").resolve("budgets.json");
    Files.createDirectories(other.getParent());
    LocalLedger ledger = TestLedgers.open(other);
    Files.copy(recent(other), recent(left), StandardCopyOption.REPLACE_EXISTING);
    done(ledger.close());

    refuses(left, "budgets.json.recent: of ledger ");
  }

  @Test
  void latest_records_without_their_state_file_stop_the_start() throws Exception {
    Path left = killedBeforeItsJournalWasWritten(TestLedgers.SHORT_JOURNALS);
    Files.delete(left);
    for (Path journal : TestLedgers.journals(left)) {
      Files.delete(journal);
    }

    refuses(left, "no such file where there is no state file");
  }

  @Test
  void file_that_is_cut_short_meanwhile_costs_nothing_but_the_waiting() throws Exception {
    LocalLedger before = TestLedgers.open(file);
    try (FileChannel channel = FileChannel.open(recent(file), StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
    Reservation last = reserve(before, "team-a", 1000);
    for (int i = 1; i < 100; i++) {
      last = reserve(before, "team-a", 1000);
    }
    done(before.durable(last));
    Path left = TestLedgers.copy(file, directory.resolve("left"));

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isEqualTo(usd("0.1"));
    done(after.close());
    done(before.close());
  }

  @Test
  void without_room_for_them_each_record_waits_for_the_journal() throws Exception {
    LocalLedger before =
        TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.JOURNALS_ALONE, alert -> {});
    done(before.durable(reserve(before, "team-a", 1000)));
    Path left = TestLedgers.copy(file, directory.resolve("left"));
    assertThat(recent(left)).doesNotExist();

    LocalLedger after = TestLedgers.open(left);

    assertThat(spent(after)).isEqualTo(usd("0.001"));
    done(after.close());
    done(before.close());
  }

  /** The latest records of a ledger, beside its journal as it was when there were none. */
  private Path killedBeforeItsJournalWasWritten(StorageOptions options) throws Exception {
    LocalLedger ledger = TestLedgers.open(file, TestLedgers.NO_BUDGETS, options, alert -> {});
    Path left = TestLedgers.copy(file, directory.resolve("left"));
    ledger.settle(reserve(ledger, "team-a", 1000), cost("0.0004"));
    reserve(ledger, "team-b", 1000);
    Files.copy(recent(file), recent(left), StandardCopyOption.REPLACE_EXISTING);
    done(ledger.close());
    return left;
  }

  private static void refuses(Path file, String message) throws IOException {
    byte[] before = Files.readAllBytes(recent(file));

    assertThatThrownBy(() -> TestLedgers.open(file))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("nothing was changed");
    assertThat(recent(file)).hasBinaryContent(before);
  }

  private static Path recent(Path file) {
    return file.resolveSibling(file.getFileName() + ".recent");
  }
}
