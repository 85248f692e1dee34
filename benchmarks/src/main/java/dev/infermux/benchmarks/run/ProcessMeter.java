package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * CPU time and memory of a process and those that it had started when this meter was made, from
 * {@code /proc}.
 */
final class ProcessMeter {
  /** {@code /proc/PID/stat} counts in USER_HZ, which is 100 a second in Linux's ABI. */
  private static final double MICROS_PER_TICK = 10_000;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final List<Long> pids;

  ProcessMeter(ProcessHandle process) {
    this.pids =
        Stream.concat(Stream.of(process), process.descendants()).map(ProcessHandle::pid).toList();
  }

  /** User and system time of all threads so far. */
  double cpuMicros() {
    return sum("stat", ProcessMeter::ticks) * MICROS_PER_TICK;
  }

  /** Resident memory, pages shared with other processes counted by their share. */
  double pssMegabytes() {
    return sum("smaps_rollup", ProcessMeter::pssKilobytes) / 1024.0;
  }

  /** Resident memory with all pages that it shares. */
  double rssMegabytes() {
    return sum("smaps_rollup", rollup -> kilobytes(rollup, "Rss:")) / 1024.0;
  }

  /**
   * The fields are counted after the command's name, which may itself hold spaces and parentheses.
   */
  static long ticks(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
  }

  static long pssKilobytes(String rollup) {
    return kilobytes(rollup, "Pss:");
  }

  private static long kilobytes(String rollup, String field) {
    return rollup
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private double sum(String file, ToLongFunction<String> parser) {
    return pids.stream()
        .map(pid -> read(pid, file))
        .flatMap(Optional::stream)
        .mapToLong(parser)
        .sum();
  }

  /** Returns nothing for a process that has ended meanwhile. */
  private static Optional<String> read(long pid, String file) {
    try {
      return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), file)));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
