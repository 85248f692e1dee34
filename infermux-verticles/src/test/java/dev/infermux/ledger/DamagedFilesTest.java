package dev.infermux.ledger;

import static dev.infermux.ledger.TestLedgers.cost;
import static dev.infermux.ledger.TestLedgers.done;
import static dev.infermux.ledger.TestLedgers.reserve;
import static dev.infermux.ledger.TestLedgers.spent;
import static dev.infermux.ledger.TestLedgers.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.LedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start makes of files that are not as it left them. */
class DamagedFilesTest {

  private static final int SETTLED = 40;

  @TempDir Path directory;
  private Path file;

  /** A snapshot with half of the costs, and a journal with the other half. */
  @BeforeEach
  void crash() throws Exception {
    Path origin = directory.resolve("origin").resolve("budgets.json");
    Files.createDirectories(origin.getParent());
    LocalLedger first = open(origin);
    settle(first, SETTLED / 2);
    done(first.close());
    LocalLedger second = open(origin);
    settle(second, SETTLED / 2);
    done(second.flush());
    file = TestLedgers.copy(origin, directory.resolve("left"));
    done(second.close());
  }

  @Test
  void untouched_they_have_everything() throws Exception {
    assertThat(reopened()).isEqualTo(usd("0.04"));
  }

  @Test
  void a_torn_last_record_is_dropped_and_everything_before_it_counts() throws Exception {
    byte[] whole = Files.readAllBytes(journal());
    int record = (whole.length - 36) / (SETTLED / 2);
    for (int cut = 1; cut < record / 2; cut += 7) {
      Files.write(journal(), Arrays.copyOf(whole, whole.length - cut));
      Path copy = TestLedgers.copy(file, directory.resolve("cut-" + cut));

      // The cost is lost and its reservation, a thousand tokens, counts in its place.
      assertThat(reopened(copy)).as("cut %d", cut).isEqualTo(usd("0.04"));
      assertThat(TestLedgers.journals(copy)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 35})
  void a_journal_torn_in_its_head_is_an_empty_one(int length) throws Exception {
    Files.write(journal(), Arrays.copyOf(Files.readAllBytes(journal()), length));

    assertThat(reopened()).isEqualTo(usd("0.02"));
  }

  @Test
  void an_end_of_zeros_is_a_torn_one() throws Exception {
    byte[] whole = Files.readAllBytes(journal());
    Files.write(journal(), Arrays.copyOf(whole, whole.length + 5000));

    assertThat(reopened()).isEqualTo(usd("0.04"));
  }

  @Test
  void any_damage_before_the_last_record_stops_the_start() throws Exception {
    byte[] whole = Files.readAllBytes(journal());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 60; i++) {
      byte[] damaged = whole.clone();
      int at = random.nextInt(whole.length - 200);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(journal(), damaged);

      assertThatThrownBy(() -> open(file))
          .as("seed %d, byte %d", seed, at)
          .isInstanceOf(LedgerException.class)
          .hasMessageStartingWith("budgets.state_file: " + journal() + ": ")
          .hasMessageContaining("(expected: ")
          .hasMessageEndingWith("nothing was changed");
    }
  }

  @Test
  void a_snapshot_cut_off_anywhere_stops_the_start() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 2; length += 41) {
      Files.write(file, Arrays.copyOf(whole, length));
      refuses("(expected: a state file of InferMux, version 1)");
    }
  }

  @Test
  void a_changed_digit_in_the_snapshot_stops_the_start() throws Exception {
    Files.writeString(file, Files.readString(file).replaceFirst("0\\.02", "0.01"));

    refuses("crc32c");
  }

  @Test
  void whoever_changes_the_snapshot_by_hand_removes_its_checksum() throws Exception {
    String text = Files.readString(file);
    String changed = text.replace("0.02", "0.01").replaceFirst(",\\s*\"crc32c\".*", "");
    Files.writeString(file, changed);

    assertThat(reopened()).isEqualTo(usd("0.03"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PK\u0003\u0004", "{}", "[]", "{\"format\":\"other\"}", "budgets:\n"})
  void a_foreign_file_stops_the_start(String content) throws Exception {
    Files.writeString(file, content);

    refuses("budgets.state_file: " + file);
  }

  @Test
  void a_file_of_a_later_version_stops_the_start() throws Exception {
    Files.writeString(file, Files.readString(file).replace("\"version\" : 1", "\"version\" : 3"));

    refuses("version 3 (expected: a state file of InferMux, version 1)");
  }

  @Test
  void a_foreign_journal_stops_the_start() throws Exception {
    Files.writeString(journal(), "not a journal, but long enough to look like one");

    refuses("byte 0 is not the head of a journal");
  }

  @Test
  void the_journal_of_another_ledger_stops_the_start() throws Exception {
    Path other = directory.resolve("other").resolve("budgets.json");
    Files.createDirectories(other.getParent());
    LocalLedger ledger = open(other);
    settle(ledger, 1);
    done(ledger.close());
    LocalLedger again = open(other);
    Files.copy(TestLedgers.journals(other).get(0), journal(), StandardCopyOption.REPLACE_EXISTING);

    refuses("of ledger ");
    done(again.close());
  }

  @Test
  void a_missing_journal_before_another_stops_the_start() throws Exception {
    String name = journal().toString();
    long number = Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
    String next = name.substring(0, name.lastIndexOf('-') + 1) + (number + 1);
    Files.move(journal(), Path.of(next));

    refuses(journal(number) + ": missing before");
  }

  @Test
  void a_journal_without_its_snapshot_stops_the_start() throws Exception {
    Files.delete(file);

    refuses(file + ": missing beside");
  }

  @Test
  void a_directory_that_does_not_exist_stops_the_start() {
    assertThatThrownBy(() -> open(directory.resolve("none").resolve("budgets.json")))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("its directory does not exist");
  }

  @Test
  void a_directory_in_the_place_of_the_file_stops_the_start() {
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("a directory (expected: a file, or nothing yet)");
  }

  @Test
  void a_file_that_is_in_use_stops_the_start_of_the_second() throws Exception {
    LocalLedger first = open(file);

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("in use by this process");
    done(first.close());
    done(open(file).close());
  }

  /** Of snapshots and journals: what the latest records would repair is not repaired here. */
  private static LocalLedger open(Path file) throws LedgerException {
    return TestLedgers.open(file, TestLedgers.NO_BUDGETS, TestLedgers.JOURNALS_ALONE, alert -> {});
  }

  private void refuses(String message) throws IOException {
    Map<Path, byte[]> before = TestLedgers.contents(file);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining(message)
        .hasMessageEndingWith("nothing was changed");
    Map<Path, byte[]> after = TestLedgers.contents(file);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((path, bytes) -> assertThat(after.get(path)).isEqualTo(bytes));
  }

  private Path journal() throws IOException {
    return TestLedgers.journals(file).get(0);
  }

  private Path journal(long number) {
    return file.resolveSibling("budgets.json.journal-" + number);
  }

  private Usd reopened() throws Exception {
    return reopened(file);
  }

  private static Usd reopened(Path file) throws Exception {
    LocalLedger ledger = open(file);
    Usd spent = spent(ledger);
    done(ledger.close());
    return spent;
  }

  private static void settle(LocalLedger ledger, int times) {
    for (int i = 0; i < times; i++) {
      ledger.settle(reserve(ledger, "team-a", 1000), cost("0.001"));
    }
  }
}
