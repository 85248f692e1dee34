package dev.infermux.time;

import java.util.concurrent.TimeUnit;

/** How fast a caller's body has to come, on any listener: after a minute 1 KB/s in the mean. */
public final class LeastPace {

  private static final long GRACE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long BYTES_A_SECOND = 1_000;

  private LeastPace() {}

  /**
   * Whether so few bytes are too few for the time since the first was awaited.
   *
   * @param nanos whole seconds of it count
   */
  public static boolean missed(long bytes, long nanos) {
    return nanos > GRACE_NANOS && bytes < TimeUnit.NANOSECONDS.toSeconds(nanos) * BYTES_A_SECOND;
  }
}
