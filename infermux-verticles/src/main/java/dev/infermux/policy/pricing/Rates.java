package dev.infermux.policy.pricing;

import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.math.BigInteger;

/**
 * What each bucket of tokens costs, in nano-dollars per million tokens.
 *
 * @param audioInput tokens of sound in the prompt; {@link #UNKNOWN} = counted as text
 * @param audioOutput the same of the completion
 * @param dearest the highest of them
 */
record Rates(
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long output,
    long audioInput,
    long audioOutput,
    long dearest) {

  static final long UNKNOWN = -1;

  /**
   * More than this for one attempt is a provider's nonsense; it keeps sums of costs inside a long.
   */
  static final long MOST_NANOS = 1_000_000_000_000_000L;

  private static final long MILLION = 1_000_000;
  private static final long HALF = MILLION / 2;

  static Rates of(long input, long cacheRead, long cacheWrite5m, long cacheWrite1h, long output) {
    long prompt = Math.max(Math.max(input, cacheRead), Math.max(cacheWrite5m, cacheWrite1h));
    return new Rates(
        input,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        output,
        UNKNOWN,
        UNKNOWN,
        Math.max(prompt, output));
  }

  /** The same with rates for sound; {@link #UNKNOWN} = not known. */
  Rates withAudio(long in, long out) {
    return new Rates(
        input,
        cacheRead,
        cacheWrite5m,
        cacheWrite1h,
        output,
        in,
        out,
        Math.max(dearest, Math.max(in, out)));
  }

  /** Whether each token of it has a rate; sound that was read from a cache has none. */
  boolean know(Usage usage) {
    Usage.Terms terms = usage.terms();
    boolean in = terms.audioIn() == 0 || (audioInput >= 0 && terms.audioIn() <= usage.input());
    return in && (terms.audioOut() == 0 || audioOutput >= 0);
  }

  /** The total of tokens that no cache has a part in; it makes no garbage. */
  long nanos(long prompt, long completion) {
    boolean small = (prompt | completion) >= 0 && (prompt | completion) < 1L << 30;
    return small && (dearest == 0 || prompt + completion <= (Long.MAX_VALUE - HALF) / dearest)
        ? Math.min(MOST_NANOS, (prompt * input + completion * output + HALF) / MILLION)
        : bigNanos(Usage.reported(prompt, completion));
  }

  /**
   * The dearest bucket that a token of the prompt, and one of the completion, can fall into.
   *
   * @param sound whether there may be sound in the prompt
   */
  PriceBound bound(boolean sound) {
    long cache = Math.max(cacheRead, Math.max(cacheWrite5m, cacheWrite1h));
    long text = Math.max(input, cache);
    return new PriceBound(
        new Usd(sound ? Math.max(text, audioInput) : text), new Usd(Math.max(output, audioOutput)));
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
            + usage.output() * output
            + sound(usage);
    return Math.min(MOST_NANOS, (millionths + HALF) / MILLION);
  }

  /** What sound costs beyond as much text. */
  private long sound(Usage usage) {
    return soundIn(usage) * (audioInput - input) + soundOut(usage) * (audioOutput - output);
  }

  private long soundIn(Usage usage) {
    return audioInput < 0 ? 0 : Math.min(usage.terms().audioIn(), usage.input());
  }

  private long soundOut(Usage usage) {
    return audioOutput < 0 ? 0 : Math.min(usage.terms().audioOut(), usage.output());
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
            .add(product(usage.output(), output))
            .add(product(soundIn(usage), audioInput - input))
            .add(product(soundOut(usage), audioOutput - output));
    BigInteger nanos = millionths.add(BigInteger.valueOf(HALF)).divide(BigInteger.valueOf(MILLION));
    return nanos.min(BigInteger.valueOf(MOST_NANOS)).longValueExact();
  }

  /** A provider that reports less than no tokens gets nothing for them, and pays nothing either. */
  private static BigInteger product(long tokens, long rate) {
    return BigInteger.valueOf(Math.max(0, tokens)).multiply(BigInteger.valueOf(rate));
  }
}
