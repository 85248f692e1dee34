package dev.infermux.inference;

import java.math.BigDecimal;

/** An amount of money in whole nano-dollars (10⁻⁹ USD), so that sums never drift. */
public record Usd(long nanos) implements Comparable<Usd> {

  public static final Usd ZERO = new Usd(0);

  /** Rounds half up to the nano-dollar. */
  public static Usd of(BigDecimal dollars) {
    return new Usd(
        dollars.movePointRight(9).setScale(0, java.math.RoundingMode.HALF_UP).longValueExact());
  }

  public Usd plus(Usd other) {
    return other.nanos == 0 ? this : new Usd(Math.addExact(nanos, other.nanos));
  }

  public Usd minus(Usd other) {
    return new Usd(Math.subtractExact(nanos, other.nanos));
  }

  /** Plain decimal dollars without trailing zeros and never with an exponent: {@code 0.00001}. */
  public String toDecimal() {
    if (nanos == 0) {
      return "0";
    }
    return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }

  /** Dollars, exact and without trailing zeros. */
  public BigDecimal toBigDecimal() {
    return nanos == 0 ? BigDecimal.ZERO : BigDecimal.valueOf(nanos, 9).stripTrailingZeros();
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
