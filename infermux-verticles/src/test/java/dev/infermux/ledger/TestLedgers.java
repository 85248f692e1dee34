package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.Dimension;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.testing.TestTimes;
import io.vertx.core.Future;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the tests of ledgers share. A token costs a thousand nano-dollars. */
final class TestLedgers {

  static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));
  static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  static final BudgetOptions NO_BUDGETS = BudgetOptions.defaults();

  /** So short that journals follow each other all the time, and recent records too. */
  static final StorageOptions SHORT_JOURNALS =
      new StorageOptions(4096, Duration.ofMinutes(5), 32 * 1024);

  static final StorageOptions JOURNALS_ALONE =
      new StorageOptions(32L * 1024 * 1024, Duration.ofMinutes(5), 0);

  private static final UnitPrice DOLLAR = new UnitPrice(usd("1"), usd("1"));

  private TestLedgers() {}

  static LocalLedger open(Path file) throws LedgerException {
    return open(file, NO_BUDGETS, StorageOptions.defaults(), alert -> {});
  }

  static LocalLedger open(
      Path file, BudgetOptions options, StorageOptions storage, Consumer<BudgetAlert> onAlert)
      throws LedgerException {
    return LocalLedger.onFile(file, options, TestTimes.at(NOON), onAlert, storage);
  }

  static Reservation reserve(LocalLedger ledger, String caller, long tokens) {
    BudgetVerdict verdict = done(ledger.reserve(request(caller, tokens)));
    Reservation reservation = verdict.reservation();
    if (reservation == null) {
      throw new AssertionError("refused: " + verdict);
    }
    return reservation;
  }

  static ReservationRequest request(String caller, long tokens) {
    return new ReservationRequest(
        caller, "gpt-4o", 0, tokens, 1, 0, DOLLAR, null, ReservationRequest.Unlimited.FREELY);
  }

  static CostEntry cost(String dollars) {
    return cost(usd(dollars));
  }

  static CostEntry cost(Usd usd) {
    return new CostEntry("search", "fast", "openai", "gpt-4o", usd, 10, 20);
  }

  static BudgetOptions hardStop(String caller, String usd) {
    return NO_BUDGETS.withCallers(
        List.of(new CallerBudget(caller, new BigDecimal(usd), BudgetAction.HARD_STOP, null)));
  }

  static Usd spent(LocalLedger ledger) {
    return done(ledger.reports(reports -> reports.total(NOVEMBER))).usd();
  }

  /** Everything that the reports say. */
  static List<Object> reports(LocalLedger ledger) {
    return done(
        ledger.reports(
            reports -> {
              List<Object> all = new ArrayList<>();
              all.add(reports.total(NOVEMBER));
              for (Dimension dimension : Dimension.values()) {
                all.add(reports.by(dimension, NOVEMBER));
              }
              for (String caller : reports.by(Dimension.CALLER, NOVEMBER).keySet()) {
                all.add(reports.caller(NOVEMBER, caller));
              }
              Duration day = Duration.ofDays(1);
              all.add(reports.timeseries(NOON.instant(), day, Duration.ofMinutes(1)));
              all.add(reports.timeseries(NOON.instant(), day, Duration.ofHours(1)));
              return all;
            }));
  }

  static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Usd usd(String dollars) {
    return Usd.of(new BigDecimal(dollars));
  }

  /** The files as they are at one moment, which is what a killed process leaves behind. */
  static Path copy(Path file, Path to) throws IOException {
    Files.createDirectories(to);
    Map<Path, byte[]> now = contents(file);
    Map<Path, byte[]> before;
    do {
      before = now;
      now = contents(file);
    } while (!same(before, now));
    for (Map.Entry<Path, byte[]> each : now.entrySet()) {
      Files.write(to.resolve(each.getKey().getFileName()), each.getValue());
    }
    return to.resolve(file.getFileName());
  }

  /** All files of a ledger but its lock. */
  static Map<Path, byte[]> contents(Path file) throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    try (Stream<Path> all = Files.list(file.getParent())) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        if (!path.toString().endsWith(".lock")) {
          contents.put(path, Files.readAllBytes(path));
        }
      }
    } catch (NoSuchFileException e) {
      return contents(file);
    }
    return contents;
  }

  private static boolean same(Map<Path, byte[]> left, Map<Path, byte[]> right) {
    return left.keySet().equals(right.keySet())
        && left.entrySet().stream()
            .allMatch(each -> Arrays.equals(each.getValue(), right.get(each.getKey())));
  }

  static List<Path> journals(Path file) throws IOException {
    return contents(file).keySet().stream()
        .filter(path -> path.toString().contains(".journal-"))
        .toList();
  }
}
