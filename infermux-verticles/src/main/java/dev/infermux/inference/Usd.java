package dev.infermux.inference;

import java.math.BigDecimal;

/** An amount of money in whole nano-dollars (10⁻⁹ USD), so that sums never drift. */
public record Usd(long nanos) implements Comparable<Usd> {

  public static final Usd ZERO = new Usd(0);

  private static final int SCALE = 9;

  /** Of the largest amount, 9,223,372,036 dollars. */
  private static final int MOST_WHOLE_DIGITS = 10;

  private static final long DOLLAR = 1_000_000_000;

  /**
   * Rounds half up to the nano-dollar. An exponent costs nothing, however large it is: {@code
   * 1e-50000000} is not written out to be rounded.
   *
   * @throws ArithmeticException where the amount is more than can be held
   */
  public static Usd of(BigDecimal dollars) {
    long wholeDigits = (long) dollars.precision() - dollars.scale();
    if (dollars.signum() == 0 || wholeDigits < -SCALE) {
      return ZERO;
    } else if (wholeDigits > MOST_WHOLE_DIGITS) {
      throw new ArithmeticException("dollars: an amount of " + wholeDigits + " digits");
    }
    return new Usd(
        dollars.movePointRight(SCALE).setScale(0, java.math.RoundingMode.HALF_UP).longValueExact());
  }

  public Usd plus(Usd other) {
    return other.nanos == 0 ? this : new Usd(Math.addExact(nanos, other.nanos));
  }

  public Usd minus(Usd other) {
    return new Usd(Math.subtractExact(nanos, other.nanos));
  }

  /** Plain decimal dollars without trailing zeros and never with an exponent: {@code 0.00001}. */
  public String toDecimal() {
    if (nanos < 0) {
      return toBigDecimal().toPlainString();
    }
    long digits = nanos % DOLLAR;
    if (digits == 0) {
      return Long.toString(nanos / DOLLAR);
    }
    int width = SCALE;
    while (digits % 10 == 0) {
      digits /= 10;
      width--;
    }
    String shown = Long.toString(digits);
    StringBuilder text = new StringBuilder(24).append(nanos / DOLLAR).append('.');
    for (int zeros = width - shown.length(); zeros > 0; zeros--) {
      text.append('0');
    }
    return text.append(shown).toString();
  }

  /** Dollars, exact and without trailing zeros. */
  public BigDecimal toBigDecimal() {
    return nanos == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(nanos, SCALE).stripTrailingZeros();
  }

  /** For wire formats that want a JSON number; exact up to 2⁵³ nano-dollars. */
  public double toDouble() {
    return nanos / 1e9;
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(nanos, other.nanos);
  }

  @Override
  public String toString() {
    return "$" + toDecimal();
  }
}
