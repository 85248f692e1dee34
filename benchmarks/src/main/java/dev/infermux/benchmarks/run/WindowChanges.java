package dev.infermux.benchmarks.run;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** By how much windows differ from those beside them, in percent, and what that says. */
final class WindowChanges {
  private static final double DOUBT = 0.05;

  private final double[] sorted;

  WindowChanges(DoubleStream changes) {
    this.sorted = changes.filter(change -> !Double.isNaN(change)).sorted().toArray();
  }

  int count() {
    return sorted.length;
  }

  double median() {
    return Figures.median(Arrays.stream(sorted));
  }

  double least() {
    return sorted.length == 0 ? Double.NaN : sorted[0];
  }

  double most() {
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
  }

  /** The true median is no less, with 19 chances in 20 that both bounds hold; NaN: too few. */
  double low() {
    int rank = rank();
    return rank == 0 ? Double.NaN : sorted[rank - 1];
  }

  /** The true median is no more; see {@link #low()}. */
  double high() {
    int rank = rank();
    return rank == 0 ? Double.NaN : sorted[sorted.length - rank];
  }

  /** Whether the median is below the limit, above it, or neither for certain. */
  String verdict(double limit) {
    if (high() < limit) {
      return "yes";
    }
    return low() > limit ? "no" : "not decided";
  }

  /**
   * Of a value that is as likely above the true median as below it: the rank, from either end, that
   * the median is beyond in less than one case in twenty. No distribution is assumed.
   */
  private int rank() {
    int count = sorted.length;
    double ways = Math.pow(0.5, count);
    double beyond = 0;
    int rank = 0;
    while (rank < count / 2) {
      beyond += 2 * ways;
      if (beyond > DOUBT) {
        break;
      }
      ways = ways * (count - rank) / (rank + 1);
      rank++;
    }
    return rank;
  }
}
