package dev.infermux.policy.circuit;

/**
 * Sorts latencies into buckets that grow with them: 1 ms wide below 32 ms, above it sixteen to a
 * doubling, so that a bucket's middle is within about 3 % of what fell into it.
 */
final class LatencyScale {

  private static final int LINEAR = 32;
  private static final int PER_DOUBLING = 16;
  private static final int FIRST_EXPONENT = 5;
  private static final int LAST_EXPONENT = 16;

  /** Everything longer, which is over two minutes, counts as this. */
  private static final long LONGEST_MILLIS = (1L << (LAST_EXPONENT + 1)) - 1;

  static final int BUCKETS = LINEAR + (LAST_EXPONENT - FIRST_EXPONENT + 1) * PER_DOUBLING;

  private LatencyScale() {}

  static int bucket(long nanos) {
    long millis = Math.max(0, Math.min(nanos / 1_000_000, LONGEST_MILLIS));
    if (millis < LINEAR) {
      return (int) millis;
    }
    int exponent = 63 - Long.numberOfLeadingZeros(millis);
    int within = (int) (millis >>> shift(exponent)) - PER_DOUBLING;
    return LINEAR + (exponent - FIRST_EXPONENT) * PER_DOUBLING + within;
  }

  /** The middle of a bucket in milliseconds. */
  static long millis(int bucket) {
    if (bucket < LINEAR) {
      return bucket;
    }
    int above = bucket - LINEAR;
    int shift = shift(FIRST_EXPONENT + above / PER_DOUBLING);
    long low = (long) (PER_DOUBLING + above % PER_DOUBLING) << shift;
    return low + (1L << shift) / 2;
  }

  private static int shift(int exponent) {
    return exponent - 4;
  }
}
