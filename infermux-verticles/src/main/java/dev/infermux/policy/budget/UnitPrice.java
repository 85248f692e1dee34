package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.math.BigInteger;

/**
 * The most that a million tokens may cost on any provider that a call can still reach.
 *
 * <p>For the bound to be one, {@code inputPerMillion} is the dearest of a model's prompt prices (a
 * cache write costs more than plain input), and both prices are those of the highest context tier
 * that the prompt's bound can reach. Negative prices count as none.
 */
public record UnitPrice(Usd inputPerMillion, Usd outputPerMillion) {

  public static final UnitPrice FREE = new UnitPrice(Usd.ZERO, Usd.ZERO);

  /** Of what no price is known, so that nothing can be reserved for it. */
  public static final UnitPrice UNKNOWN = new UnitPrice(Usd.ZERO, new Usd(Long.MAX_VALUE));

  /**
   * No attempt costs more: prices are cut off there too, and sums of reservations stay in a long.
   */
  private static final long MOST_NANOS = 1_000_000_000_000_000L;

  private static final long MILLION = 1_000_000;
  private static final BigInteger BIG_MILLION = BigInteger.valueOf(MILLION);

  public UnitPrice {
    inputPerMillion = inputPerMillion.nanos() < 0 ? Usd.ZERO : inputPerMillion;
    outputPerMillion = outputPerMillion.nanos() < 0 ? Usd.ZERO : outputPerMillion;
  }

  /** Whether it bounds what a call costs. */
  public boolean known() {
    return !equals(UNKNOWN);
  }

  /** The dearer of both, price by price. */
  public UnitPrice or(UnitPrice other) {
    if (isAtLeast(other)) {
      return this;
    }
    return other.isAtLeast(this)
        ? other
        : new UnitPrice(
            dearer(inputPerMillion, other.inputPerMillion),
            dearer(outputPerMillion, other.outputPerMillion));
  }

  /** What so many tokens cost at most: rounded up to the nano-dollar. */
  public long nanosAtMost(long promptTokens, long outputTokens) {
    long in = inputPerMillion.nanos();
    long out = outputPerMillion.nanos();
    if (small(promptTokens, in) && small(outputTokens, out)) {
      long millionths = promptTokens * in + outputTokens * out;
      return Math.min(MOST_NANOS, (millionths + MILLION - 1) / MILLION);
    }
    return product(promptTokens, in)
        .add(product(outputTokens, out))
        .add(BigInteger.valueOf(MILLION - 1))
        .divide(BIG_MILLION)
        .min(BigInteger.valueOf(MOST_NANOS))
        .longValueExact();
  }

  /** How many output tokens fit into {@code room} nano-dollars beside the prompt; 0 for none. */
  public long outputWithin(long room, long promptTokens) {
    if (outputPerMillion.nanos() == 0) {
      return nanosAtMost(promptTokens, 0) <= room ? Long.MAX_VALUE : 0;
    }
    return BigInteger.valueOf(room)
        .multiply(BIG_MILLION)
        .subtract(product(promptTokens, inputPerMillion.nanos()))
        .divide(BigInteger.valueOf(outputPerMillion.nanos()))
        .max(BigInteger.ZERO)
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }

  /** A product below 2⁶², so that two of them and the rounding still add up to a long. */
  private static boolean small(long tokens, long price) {
    return tokens >= 0 && tokens < 1L << 24 && price < 1L << 38;
  }

  private static BigInteger product(long tokens, long price) {
    return BigInteger.valueOf(Math.max(0, tokens)).multiply(BigInteger.valueOf(price));
  }

  private boolean isAtLeast(UnitPrice other) {
    return inputPerMillion.nanos() >= other.inputPerMillion.nanos()
        && outputPerMillion.nanos() >= other.outputPerMillion.nanos();
  }

  private static Usd dearer(Usd left, Usd right) {
    return left.compareTo(right) >= 0 ? left : right;
  }
}
