package dev.infermux.benchmarks.jmh;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.time.Time;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call's money costs the budget verticle's event loop: a reservation and a settlement. On
 * file, the loop waits for the writer every thousand calls, so that the queue stays as short as
 * calls in flight keep it; applying and writing happen on the ledger's own thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LedgerBenchmark {

  /** A ledger starts no timers. */
  private static final Time TIME =
      new Time(
          System::nanoTime,
          InstantSource.system(),
          (delay, task) -> {
            throw new UnsupportedOperationException("a ledger starts no timers");
          });

  private static final UnitPrice GPT_4O =
      new UnitPrice(Usd.of(new BigDecimal("2.5")), Usd.of(BigDecimal.TEN));
  private static final List<CostEntry> COSTS =
      List.of(new CostEntry("search", "fast", "openai", "gpt-4o", new Usd(4_250_000), 500, 300));
  private static final int CALLERS = 64;
  private static final int PAUSE = 1000;

  /** Where spend is kept. */
  @Param({"memory", "file"})
  public String where = "memory";

  private final ReservationRequest[] requests = new ReservationRequest[CALLERS];
  private LocalLedger ledger =
      LocalLedger.inMemory(BudgetOptions.defaults(), InstantSource.system(), alert -> {});
  private int calls;

  @Setup
  public void open() throws Exception {
    BudgetOptions options =
        BudgetOptions.defaults()
            .withCallers(
                List.of(
                    new CallerBudget(
                        CallerBudget.EVERYONE_ELSE,
                        new BigDecimal("2000000000"),
                        BudgetAction.HARD_STOP,
                        null)));
    for (int i = 0; i < CALLERS; i++) {
      requests[i] =
          new ReservationRequest(
              "team-" + i,
              "gpt-4o",
              2500,
              1000,
              1,
              0,
              GPT_4O,
              null,
              ReservationRequest.Unlimited.FREELY);
    }
    ledger =
        where.equals("memory")
            ? LocalLedger.inMemory(options, InstantSource.system(), alert -> {})
            : LocalLedger.onFile(stateFile(), options, TIME, alert -> {});
  }

  @TearDown
  public void close() {
    ledger.close().toCompletionStage().toCompletableFuture().join();
  }

  @Benchmark
  public BudgetVerdict reserveAndSettle() {
    BudgetVerdict verdict = ledger.reserve(requests[calls++ % CALLERS]).result();
    Reservation reservation = verdict.reservation();
    if (reservation == null) {
      throw new IllegalStateException("refused: " + verdict);
    }
    ledger.settle(reservation, COSTS);
    if (calls % PAUSE == 0) {
      ledger.flush().toCompletionStage().toCompletableFuture().join();
    }
    return verdict;
  }

  private static Path stateFile() throws IOException {
    return Files.createTempDirectory("infermux-ledger").resolve("budgets.json");
  }
}
