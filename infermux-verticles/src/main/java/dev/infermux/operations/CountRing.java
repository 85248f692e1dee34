package dev.infermux.operations;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/**
 * Counts by steps of time, the latest ones. Lock-free, of constant size: each slot holds, in one
 * long, the step it counts for and its count.
 */
final class CountRing {

  /** More than are shown, so that the step being replaced is never one of those. */
  private static final int SLOTS = 96;

  private static final int COUNT_BITS = 32;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /**
   * Counts one.
   *
   * @param step from 1 to 2³¹
   */
  void add(long step) {
    int slot = (int) (step % SLOTS);
    slots.updateAndGet(
        slot, held -> held >>> COUNT_BITS == step ? held + 1 : step << COUNT_BITS | 1);
  }

  /** The counts of this many steps, the last of them {@code step}. */
  List<Long> upTo(long step, int many) {
    return LongStream.rangeClosed(step - many + 1, step).mapToObj(this::count).toList();
  }

  private long count(long step) {
    long held = slots.get(Math.floorMod(step, SLOTS));
    return step > 0 && held >>> COUNT_BITS == step ? held & COUNT_MASK : 0;
  }
}
