package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time that the whole machine has used. */
final class MachineMeter {
  private static final double MICROS_PER_TICK = 10_000;

  private MachineMeter() {}

  static double busyMicros() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return ticks(lines.findFirst().orElse("")) * MICROS_PER_TICK;
    } catch (IOException e) {
      throw new IllegalStateException("/proc/stat: " + e.getMessage(), e);
    }
  }

  /**
   * user, system, irq and softirq; not nice, which gives way (such as a loop that keeps a CPU from
   * halting), not idle, not waiting for disks, not what the host took away.
   */
  static long ticks(String firstLine) {
    String[] fields = firstLine.trim().split("\\s+", -1);
    long busy = 0;
    for (int field : new int[] {1, 3, 6, 7}) {
      busy += Long.parseLong(fields[field]);
    }
    return busy;
  }
}
