package dev.infermux.policy.pricing;

import dev.infermux.inference.Usage;
import java.math.BigInteger;

/**
 * What each bucket of tokens costs, in nano-dollars per million tokens.
 *
 * @param dearest the highest of them
 */
record Rates(
    long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output, long dearest) {

  /**
   * More than this for one attempt is a provider's nonsense; it keeps sums of costs inside a long.
   */
  static final long MOST_NANOS = 1_000_000_000_000_000L;

  private static final long MILLION = 1_000_000;
  private static final long HALF = MILLION / 2;

  static Rates of(long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output) {
    long prompt = Math.max(Math.max(input, cacheRead), Math.max(cacheWrite5m, cacheWrite1h));
    return new Rates(
        input, cacheRead, cacheWrite5m, cacheWrite1h, output, Math.max(prompt, output));
  }

  /** The total of tokens that no cache has a part in; it makes no garbage. */
  long nanos(long prompt, long completion) {
    boolean small = (prompt | completion) >= 0 && (prompt | completion) < 1L << 30;
    return small && (dearest == 0 || prompt + completion <= (Long.MAX_VALUE - HALF) / dearest)
        ? Math.min(MOST_NANOS, (prompt * input + completion * output + HALF) / MILLION)
        : bigNanos(Usage.reported(prompt, completion));
  }

  /** The dearest bucket that a prompt token can fall into. */
  long dearestInput() {
    return Math.max(Math.max(input, cacheRead), Math.max(cacheWrite5m, cacheWrite1h));
  }

  /** The total, rounded once: half up to the nano-dollar. */
  long nanos(Usage usage) {
    if (!fitsLong(usage)) {
      return bigNanos(usage);
    }
    long millionths =
        usage.input() * input
            + usage.cacheRead() * cacheRead
            + usage.cacheWrite5m() * cacheWrite5m
            + usage.cacheWrite1h() * cacheWrite1h
            + usage.output() * output;
    return Math.min(MOST_NANOS, (millionths + HALF) / MILLION);
  }

  /** Counts below a billion, none negative, and rates that even then add up to a long. */
  private boolean fitsLong(Usage usage) {
    long all =
        usage.input()
            | usage.cacheRead()
            | usage.cacheWrite5m()
            | usage.cacheWrite1h()
            | usage.output();
    if (all < 0 || all >= 1L << 30) {
      return false;
    }
    long tokens = usage.promptTokens() + usage.output();
    return dearest == 0 || tokens <= (Long.MAX_VALUE - HALF) / dearest;
  }

  private long bigNanos(Usage usage) {
    BigInteger millionths =
        product(usage.input(), input)
            .add(product(usage.cacheRead(), cacheRead))
            .add(product(usage.cacheWrite5m(), cacheWrite5m))
            .add(product(usage.cacheWrite1h(), cacheWrite1h))
            .add(product(usage.output(), output));
    BigInteger nanos = millionths.add(BigInteger.valueOf(HALF)).divide(BigInteger.valueOf(MILLION));
    return nanos.min(BigInteger.valueOf(MOST_NANOS)).longValueExact();
  }

  /** A provider that reports less than no tokens gets nothing for them, and pays nothing either. */
  private static BigInteger product(long tokens, long rate) {
    return BigInteger.valueOf(Math.max(0, tokens)).multiply(BigInteger.valueOf(rate));
  }
}
