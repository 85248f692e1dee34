package dev.infermux.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.RecoveredHolder;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal knows of a holder of leases after its process was killed. */
class HolderJournalTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final YearMonth MONTH = YearMonth.of(2026, 11);
  private static final Time TIME =
      new Time(System::nanoTime, InstantSource.fixed(NOW), (delay, task) -> () -> {});
  private static final UnitPrice PRICE = new UnitPrice(new Usd(1_000_000), Usd.ZERO);

  @TempDir Path directory;

  @Test
  void a_killed_holder_has_spent_what_was_settled_and_what_was_open() throws Exception {
    UUID holder = UUID.randomUUID();
    FileJournal journal = open("live");
    LeasedFunds funds = funds(journal);
    funds.begin(holder, journal.place());
    Reservation settled = reserve(funds, "a", 100);
    Reservation open = reserve(funds, "a", 70);
    reserve(funds, "b", 9);
    Reservation released = reserve(funds, "b", 1_000);
    funds.ledger().settle(settled, List.of(cost(60)));
    funds.ledger().release(released);
    funds.ledger().extend(open, List.of(cost(5)), new Usd(80)).toCompletionStage();
    funds.ledger().flush().toCompletionStage().toCompletableFuture().get();

    FileJournal after = killed("live", "after");

    assertThat(after.recovered().holders())
        .containsExactly(
            new RecoveredHolder(
                holder,
                journal.place(),
                List.of(
                    new RecoveredHolder.Spent("a", MONTH, 60 + 5 + 80),
                    new RecoveredHolder.Spent("b", MONTH, 9))));
    List<SharedEntry> entries = after.entries().next(100);
    assertThat(entries).extracting(SharedEntry::holder).containsOnly(holder);
    assertThat(entries).extracting(SharedEntry::sequence).doesNotHaveDuplicates();
    assertThat(entries.stream().mapToLong(entry -> entry.entry().entry().cost().nanos()).sum())
        .isEqualTo(60 + 5 + 80 + 9);
    assertThat(after.place()).isNotEqualTo(journal.place());
    close(after);
    close(journal);
  }

  @Test
  void a_holder_that_the_store_knows_is_forgotten_and_later_spend_is_the_next_ones()
      throws Exception {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    FileJournal journal = open("live");
    LeasedFunds funds = funds(journal);
    funds.begin(first, journal.place());
    Reservation before = reserve(funds, "a", 100);
    funds.begin(second, journal.place());
    Reservation behind = reserve(funds, "a", 30);
    funds.ledger().settle(before, List.of(cost(40)));
    funds.ledger().settle(behind, List.of(cost(3)));
    funds.ledger().flush().toCompletionStage().toCompletableFuture().get();

    FileJournal after = killed("live", "after");
    assertThat(after.recovered().holders())
        .extracting(RecoveredHolder::holder, known -> known.accounts().get(0).nanos())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(first, 40L),
            org.assertj.core.groups.Tuple.tuple(second, 3L));
    LeasedFunds next = funds(after);
    next.ended(first);
    close(after);

    FileJournal last = open("after");
    assertThat(last.recovered().holders())
        .extracting(RecoveredHolder::holder)
        .containsExactly(second);
    close(last);
    close(journal);
  }

  @Test
  void costs_are_read_again_until_they_are_told_and_then_no_more() throws Exception {
    FileJournal journal = open("live");
    LeasedFunds funds = funds(journal);
    funds.begin(UUID.randomUUID(), journal.place());
    for (int i = 1; i <= 1_000; i++) {
      funds.ledger().settle(reserve(funds, "a", 100), List.of(cost(i)));
    }
    funds.ledger().flush().toCompletionStage().toCompletableFuture().get();

    List<SharedEntry> some = journal.entries().next(300);
    assertThat(some).hasSize(300);
    assertThat(journal.entries().next(300)).isEqualTo(some);
    journal.entries().told();
    assertThat(journal.entries().backlog()).isEqualTo(700);
    long sum = some.stream().mapToLong(entry -> entry.entry().entry().cost().nanos()).sum();
    for (List<SharedEntry> more = journal.entries().next(300);
        !more.isEmpty();
        more = journal.entries().next(300)) {
      sum += more.stream().mapToLong(entry -> entry.entry().entry().cost().nanos()).sum();
      journal.entries().told();
    }
    assertThat(sum).isEqualTo(500_500);
    assertThat(journal.entries().backlog()).isZero();
    close(journal);
    try (Stream<Path> files = Files.list(directory.resolve("live"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("entries"));
    }
  }

  @Test
  void names_of_costs_are_those_that_were_written_however_many_there_are() throws Exception {
    FileJournal journal = open("live");
    LeasedFunds funds = funds(journal);
    funds.begin(UUID.randomUUID(), journal.place());
    List<String> callers = IntStream.range(0, 2_000).mapToObj(i -> "né " + i * 7 % 700).toList();
    List<CostEntry> costs =
        IntStream.range(0, 2_000)
            .mapToObj(i -> new CostEntry("p" + i % 3, "", "b", "m" + i % 2, new Usd(i), i, 1))
            .toList();
    for (int i = 0; i < callers.size(); i++) {
      funds.ledger().settle(reserve(funds, callers.get(i), 100), List.of(costs.get(i)));
    }
    funds.ledger().flush().toCompletionStage().toCompletableFuture().get();

    List<SharedEntry> read = new ArrayList<>();
    while (read.size() < callers.size()) {
      read.addAll(journal.entries().next(300));
      journal.entries().told();
    }

    assertThat(read).extracting(entry -> entry.entry().caller()).isEqualTo(callers);
    assertThat(read).extracting(entry -> entry.entry().entry()).isEqualTo(costs);
    close(journal);
  }

  @Test
  void a_ledger_without_holders_has_no_files_for_them() throws Exception {
    Path file = Files.createDirectories(directory.resolve("alone")).resolve("budgets.json");
    LocalLedger ledger = LocalLedger.onFile(file, BudgetOptions.defaults(), TIME, alert -> {});
    ledger.record("a", List.of(cost(5)));
    ledger.close().toCompletionStage().toCompletableFuture().get();

    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("budgets.json", "budgets.json.lock");
    }
    assertThat(file).content().contains("\"version\" : 1").doesNotContain("holder");
  }

  private FileJournal open(String name) throws Exception {
    Path file = Files.createDirectories(directory.resolve(name)).resolve("budgets.json");
    return LeasedFunds.journal(file, BudgetOptions.defaults(), TIME);
  }

  /** What is there when the process dies now, read by another one elsewhere. */
  private FileJournal killed(String from, String to) throws Exception {
    Path target = Files.createDirectories(directory.resolve(to));
    try (Stream<Path> files = Files.list(directory.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return open(to);
  }

  private static LeasedFunds funds(FileJournal journal) {
    return LeasedFunds.onFile(
        journal,
        BudgetOptions.defaults(),
        TIME.clock(),
        alert -> {},
        account -> {
          throw new AssertionError("no budget, no lease");
        });
  }

  private static Reservation reserve(LeasedFunds funds, String caller, long nanos) {
    return java.util.Objects.requireNonNull(
        funds
            .reserve(
                new ReservationRequest(
                    caller, "m", nanos, 0, 1, 0, PRICE, null, ReservationRequest.Unlimited.FREELY))
            .reservation());
  }

  private static CostEntry cost(long nanos) {
    return new CostEntry("p", "g", "openai", "gpt", new Usd(nanos), 1, 1);
  }

  private static void close(FileJournal journal) throws Exception {
    journal.close().toCompletionStage().toCompletableFuture().get();
  }
}
