package dev.infermux.cluster.lease;

/** How much money calls of one account ask for. */
final class Demand {

  private static final double MEMORY_SECONDS = 30;

  /** A large call is remembered for as many small ones. */
  private static final double FADING = 0.99;

  private double rate;
  private long rateAt;
  private long largest;
  private long lastAt;

  /** The account is known from here on. */
  void opened(long now) {
    rateAt = now;
    lastAt = now;
  }

  void note(long nanos, long now) {
    rate = decayed(now) + nanos / MEMORY_SECONDS;
    rateAt = now;
    lastAt = now;
    largest = Math.max(nanos, (long) (largest * FADING));
  }

  /** What calls may ask for within so many seconds: at least two of the largest. */
  long within(double seconds, long now) {
    return Math.max(2 * largest, (long) Math.min(decayed(now) * seconds, Long.MAX_VALUE / 8.0));
  }

  /** Whether nothing was asked for so long. */
  boolean idle(long now, long idleNanos) {
    return now - lastAt > idleNanos;
  }

  private double decayed(long now) {
    return rate * Math.exp((rateAt - now) / (MEMORY_SECONDS * 1e9));
  }
}
