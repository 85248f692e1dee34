package dev.infermux.events.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what happened in the last 60 seconds, to the second. Lock-free, of constant size. The
 * caller passes the time, so that one reading of a clock serves several counters.
 *
 * <p>A ring of seconds: each slot holds, in one long, the second it counts for and its count, so
 * that the first writer in a new second replaces both at once.
 */
final class RollingMinute {

  private static final int SECONDS = 60;

  /** More than a minute, so that the second being replaced is never one that is still counted. */
  private static final int SLOTS = 64;

  private static final int COUNT_BITS = 32;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /**
   * Counts one.
   *
   * @param second from 1, since 0 is what an untouched slot holds
   */
  void add(long second) {
    int slot = (int) (second % SLOTS);
    slots.updateAndGet(
        slot, held -> held >>> COUNT_BITS == second ? held + 1 : second << COUNT_BITS | 1);
  }

  /** How many were counted in this second and the 59 before it. */
  long count(long second) {
    long count = 0;
    for (int i = 0; i < SLOTS; i++) {
      long held = slots.get(i);
      if (second - (held >>> COUNT_BITS) < SECONDS) {
        count += held & COUNT_MASK;
      }
    }
    return count;
  }
}
