package dev.infermux.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.ledger.journal.LedgerException;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that uses a ledger, with SIGKILL and at random moments, again and again on the
 * same files. How often is {@code -Dinfermux.kills}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KillTest {

  private static final int KILLS = Integer.getInteger("infermux.kills", 12);

  @TempDir Path directory;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void no_recorded_nano_dollar_is_lost_and_none_is_added_but_what_was_open() throws Exception {
    Path file = directory.resolve("budgets.json");
    HammerReport report = new HammerReport(0);
    int batches = 0;
    for (int life = 0; life < KILLS; life++) {
      Optional<HammerReport> next = live(file);
      if (next.isPresent()) {
        assertThat(report.possible())
            .as("seed %d, life %d", seed, life)
            .contains(next.get().opened());
        report = next.get();
        batches += report.batches();
      }
    }
    LocalLedger last = TestLedgers.open(file);

    assertThat(report.possible())
        .as("seed %d, in the end", seed)
        .contains(TestLedgers.spent(last).nanos());
    assertThat(batches).as("seed %d, recorded", seed).isGreaterThan(KILLS);
    TestLedgers.done(last.close());
  }

  @Test
  void a_file_that_another_process_uses_stops_the_start() throws Exception {
    Path file = directory.resolve("budgets.json");
    Process process = start(file);
    try (InputStream out = new BufferedInputStream(process.getInputStream())) {
      assertThat(line(out)).startsWith("total ");

      assertThatThrownBy(() -> TestLedgers.open(file))
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("in use by process " + process.pid() + " (expected: ");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /**
   * One process from its start to its end; empty when it was killed before it reported anything.
   */
  private Optional<HammerReport> live(Path file) throws IOException, InterruptedException {
    Process process = start(file);
    boolean early = random.nextInt(4) == 0;
    try (InputStream out = new BufferedInputStream(process.getInputStream())) {
      Thread killer = early ? killAfter(1 + random.nextInt(700), process) : null;
      String line = line(out);
      if (line == null) {
        process.waitFor();
        return Optional.empty();
      }
      HammerReport report = new HammerReport(Long.parseLong(line.substring("total ".length())));
      if (killer == null) {
        killer = killAfter(1 + random.nextInt(120), process);
      }
      for (line = line(out); line != null; line = line(out)) {
        report.read(line);
      }
      killer.join();
      return Optional.of(report);
    }
  }

  private static Thread killAfter(long millis, Process process) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Thread killer =
        new Thread(
            () -> {
              while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
              }
              // The process itself would close the pipe and lose what is still in it.
              process.toHandle().destroyForcibly();
            },
            "killer");
    killer.start();
    return killer;
  }

  private Process start(Path file) throws IOException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> !path.contains("logback"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Hammer.class.getName(),
            file.toString(),
            Long.toString(random.nextLong()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("err.txt").toFile()))
        .start();
  }

  /** A whole line; what was cut off by the kill was not done. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return line.toString();
      }
      line.append((char) c);
    }
    return null;
  }
}
