package dev.infermux.events.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Counts what happened in the last 60 seconds, to the second. Lock-free, of constant size.
 *
 * <p>A ring of seconds: each slot holds, in one long, the second it counts for and its count, so
 * that whoever comes first in a new second replaces both at once.
 */
final class RollingMinute {

  private static final int SECONDS = 60;

  /** More than a minute, so that the second being replaced is never one that is still counted. */
  private static final int SLOTS = 64;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int COUNT_BITS = 32;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);
  private final LongSupplier nanoTime;
  private final long startedNanos;

  /**
   * Begins with nothing.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  RollingMinute(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startedNanos = nanoTime.getAsLong();
  }

  void add() {
    long second = second();
    int slot = (int) (second % SLOTS);
    slots.updateAndGet(
        slot, held -> held >>> COUNT_BITS == second ? held + 1 : second << COUNT_BITS | 1);
  }

  long count() {
    long now = second();
    long count = 0;
    for (int i = 0; i < SLOTS; i++) {
      long held = slots.get(i);
      long age = now - (held >>> COUNT_BITS);
      if (age < SECONDS) {
        count += held & COUNT_MASK;
      }
    }
    return count;
  }

  /** Never 0, which an untouched slot holds. */
  private long second() {
    return (nanoTime.getAsLong() - startedNanos) / NANOS_PER_SECOND + 1;
  }
}
