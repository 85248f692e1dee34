package dev.infermux.inference;

import java.math.BigDecimal;

/** An amount of money in whole nano-dollars (10⁻⁹ USD), so that sums never drift. */
public record Usd(long nanos) implements Comparable<Usd> {

  public static final Usd ZERO = new Usd(0);

  private static final int SCALE = 9;
  private static final long DOLLAR = 1_000_000_000;

  /** Rounds half up to the nano-dollar. */
  public static Usd of(BigDecimal dollars) {
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
