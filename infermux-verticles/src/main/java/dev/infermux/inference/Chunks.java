package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/** The pieces of content that a stream brought, whatever they carry, and the time between them. */
public final class Chunks {

  /** Of a whole answer, and of a stream without content. */
  public static final Chunks NONE = new Chunks(0, null);

  private final long count;
  private final @Nullable Intervals intervals;

  /**
   * Pieces that have come.
   *
   * @param count how many events had content
   * @param intervals the times between them; null = not measured, or there are none. It is not
   *     added to any more
   */
  public Chunks(long count, @Nullable Intervals intervals) {
    this.count = count;
    this.intervals = intervals;
  }

  /** How many events had content. */
  public long count() {
    return count;
  }

  /** From the first of them to the last. */
  public long nanos() {
    return intervals == null ? 0 : intervals.nanos();
  }

  /** Gives each time from one piece to the next, those of one bucket as their mean. */
  public void forEachInterval(IntervalConsumer consumer) {
    if (intervals != null) {
      intervals.each(consumer);
    }
  }

  /** Takes times between pieces. */
  @FunctionalInterface
  public interface IntervalConsumer {

    /** So many intervals of this mean length. */
    void accept(long times, double meanNanos);
  }

  /**
   * Counts intervals as they come, without keeping them: in buckets that each are twice as wide as
   * the one before, as the GenAI conventions have them for durations. One thread.
   */
  public static final class Intervals {

    /** The upper bound of the first bucket. */
    private static final long FIRST_NANOS = 10_000_000;

    /** With the last one, which has no upper bound. */
    private static final int BUCKETS = 15;

    private final int[] times = new int[BUCKETS];
    private final long[] sums = new long[BUCKETS];

    /** An interval has passed. */
    public void add(long nanos) {
      long length = Math.max(0, nanos);
      int bucket = bucket(length);
      times[bucket]++;
      sums[bucket] += length;
    }

    private static int bucket(long nanos) {
      long steps = (nanos - 1) / FIRST_NANOS;
      return Math.min(BUCKETS - 1, steps <= 0 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(steps));
    }

    private long nanos() {
      long all = 0;
      for (long sum : sums) {
        all += sum;
      }
      return all;
    }

    private void each(IntervalConsumer consumer) {
      for (int i = 0; i < BUCKETS; i++) {
        if (times[i] > 0) {
          consumer.accept(times[i], (double) sums[i] / times[i]);
        }
      }
    }
  }
}
