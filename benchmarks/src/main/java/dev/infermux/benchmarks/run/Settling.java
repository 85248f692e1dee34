package dev.infermux.benchmarks.run;

/**
 * Detects when a falling figure has stopped falling: three values in a row no more than 3 % under
 * the best before.
 */
final class Settling {
  private static final double PROGRESS = 0.97;
  private static final int STEADY = 3;

  private final int atLeast;
  private double best = Double.POSITIVE_INFINITY;
  private int seen;
  private int steady;

  /** Never settles before this many values. */
  Settling(int atLeast) {
    this.atLeast = atLeast;
  }

  boolean add(double value) {
    seen++;
    steady = value > best * PROGRESS ? steady + 1 : 0;
    best = Math.min(best, value);
    return seen >= atLeast && steady >= STEADY;
  }

  int seen() {
    return seen;
  }
}
