package dev.infermux.mist.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/** Numbers as JSON text. */
final class NumberText {

  private static final double PLAIN_FROM = 1e-6;
  private static final double PLAIN_BELOW = 1e21;

  private NumberText() {}

  /** The shortest text that reads back as the same double; an exponent only at the extremes. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number: " + value + " (expected: a finite number)");
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < Long.MAX_VALUE) {
      return 1 / value < 0 && value == 0 ? "-0" : Long.toString((long) value);
    }
    String shortest = NumberOutput.toString(value, true);
    if (shortest.indexOf('E') < 0 || size < PLAIN_FROM || size >= PLAIN_BELOW) {
      return shortest;
    }
    return new BigDecimal(shortest).stripTrailingZeros().toPlainString();
  }

  /** Any number as text that loses nothing. */
  static String text(Number number) {
    if (number instanceof Float || number instanceof Double) {
      return number instanceof Float && Float.isFinite(number.floatValue())
          ? number.toString()
          : text(number.doubleValue());
    }
    return number.toString();
  }
}
