package dev.infermux.benchmarks.load;

import java.util.Arrays;

/** Every duration of a window, in nanoseconds: none is rounded away, and percentiles are exact. */
final class Samples {
  private long[] values = new long[4096];
  private int count;

  void add(long nanos) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
    }
    values[count++] = nanos;
  }

  Summary summary() {
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return new Summary(
        count,
        micros(sorted, 0.50),
        micros(sorted, 0.90),
        micros(sorted, 0.99),
        micros(sorted, 0.999),
        micros(sorted, 1));
  }

  /** Nearest rank: the smallest value that at least this share of all values does not exceed. */
  private static double micros(long[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(rank, 1) - 1] / 1000.0;
  }
}
