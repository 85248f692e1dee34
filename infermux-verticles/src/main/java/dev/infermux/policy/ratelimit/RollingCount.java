package dev.infermux.policy.ratelimit;

import java.util.Arrays;

/**
 * Counts what was taken in the last minute, in slots of a quarter of a second.
 *
 * <p>A slot counts until a whole minute has passed since its <em>end</em>, so that no span of 60
 * seconds, wherever it begins, holds more than the count has ever allowed. The price is that room
 * comes back up to a quarter of a second late. Not thread-safe: the rate limiter's lock guards it.
 */
final class RollingCount {

  static final long SLOT_NANOS = 250_000_000;

  /** The slots of a minute, and the one that is being filled. */
  private static final int SLOTS = (int) (60_000_000_000L / SLOT_NANOS) + 1;

  private long limit;
  private final long[] slots = new long[SLOTS];
  private long newest;
  private long total;

  RollingCount(long limit) {
    this.limit = limit;
  }

  /** Another limit from now on; what has been taken counts on. */
  void limit(long limit) {
    this.limit = limit;
  }

  static long slotOf(long nanos) {
    return nanos / SLOT_NANOS;
  }

  /** Forgets what is a minute old; a time that lies behind changes nothing. */
  void advance(long slot) {
    if (slot - newest >= SLOTS) {
      Arrays.fill(slots, 0);
      total = 0;
      newest = slot;
    }
    while (newest < slot) {
      newest++;
      int expired = index(newest);
      total -= slots[expired];
      slots[expired] = 0;
    }
  }

  /** What is beyond the whole limit fits as soon as nothing else counts. */
  boolean fits(long amount) {
    return fits(amount, total);
  }

  /** Counts it now; the slot is where a correction belongs. */
  long take(long amount) {
    slots[index(newest)] += amount;
    total += amount;
    return newest;
  }

  /** Changes what a slot counts; one that is a minute old no longer matters. */
  void correct(long slot, long difference) {
    if (newest - slot < SLOTS) {
      slots[index(slot)] += difference;
      total += difference;
    }
  }

  /**
   * The first slot in which this much will fit, if nothing more is taken; the newest if it does.
   */
  long slotWithRoom(long amount) {
    long left = total;
    long slot = newest;
    while (!fits(amount, left) && slot < newest + SLOTS) {
      slot++;
      left -= slots[index(slot)];
    }
    return slot;
  }

  boolean empty() {
    return total == 0;
  }

  /** What still fits; {@link RateLimitOptions#UNLIMITED} without a limit. */
  long left() {
    return limit == RateLimitOptions.UNLIMITED ? limit : Math.max(0, limit - total);
  }

  private boolean fits(long amount, long taken) {
    return taken <= limit - amount || taken == 0;
  }

  private static int index(long slot) {
    return (int) (slot % SLOTS);
  }
}
