package dev.infermux.benchmarks.jmh;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The start on what a killed process left: a journal of so many records in a cold JVM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class RecoveryBenchmark {

  private static final ReportLimits LIMITS = ReportLimits.of(10_000, Set.of());
  private static final Time TIME =
      new Time(System::nanoTime, InstantSource.system(), (delay, task) -> () -> {});
  private static final StorageOptions ONE_JOURNAL =
      new StorageOptions(Long.MAX_VALUE, Duration.ofDays(1), 0);

  /** Two to a call. */
  @Param({"100000", "1000000"})
  public int records = 100_000;

  private Path left = Path.of("");
  private @Nullable FileJournal journal;

  @Setup(Level.Iteration)
  public void killed() throws IOException, LedgerException {
    Path file = Files.createTempDirectory("infermux-ledger").resolve("budgets.json");
    FileJournal running = FileJournal.open(file, LIMITS, TIME, ONE_JOURNAL);
    for (int i = 1; i < records; i += 2) {
      call(running, i);
      if (i % 10_000 == 1) {
        running.durable(i + 1L).toCompletionStage().toCompletableFuture().join();
      }
    }
    running.durable(records).toCompletionStage().toCompletableFuture().join();
    Path directory = Files.createTempDirectory("infermux-ledger-left");
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path each : files.toList()) {
        Files.copy(each, directory.resolve(each.getFileName()));
      }
    }
    left = directory.resolve(file.getFileName());
    running.close().toCompletionStage().toCompletableFuture().join();
  }

  @Benchmark
  public FileJournal recover() throws LedgerException {
    FileJournal opened = FileJournal.open(left, LIMITS, TIME, ONE_JOURNAL);
    journal = opened;
    return opened;
  }

  @TearDown(Level.Iteration)
  public void close() {
    FileJournal opened = journal;
    if (opened != null) {
      opened.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void call(FileJournal journal, int sequence) {
    long now = System.currentTimeMillis();
    String caller = "team-" + sequence % 1000;
    String model = "gpt-4o-" + sequence % 20;
    CostEntry cost = new CostEntry("search", "fast", "openai", model, new Usd(4_250_000), 500, 300);
    journal.append(new Reserve(sequence, now, 16_250_000, caller));
    journal.append(new Settle(sequence + 1L, sequence, new LedgerEntry(now, caller, true, cost)));
  }
}
