package dev.infermux.mist.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as JSON text. */
final class NumberText {

  private static final double PLAIN_FROM = 1e-6;
  private static final double PLAIN_BELOW = 1e21;

  /** Whole numbers below are exact; Go pads the shortest digits of those above with zeros. */
  private static final double EXACT_BELOW = 1L << 53;

  private NumberText() {}

  /** The shortest text that reads back as the same double, in the form Go's encoder gives it. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number: " + value + " (expected: a finite number)");
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < EXACT_BELOW) {
      return 1 / value < 0 && value == 0 ? "-0" : Long.toString((long) value);
    }
    return go(shortest(value), size);
  }

  /** As Java writes it, which gives at least two digits where one would do: {@code 4.9E-324}. */
  private static String shortest(double value) {
    String text = NumberOutput.toString(value, true);
    BigDecimal exact = new BigDecimal(text);
    if (exact.precision() != 2) {
      return text;
    }
    String one = exact.round(new MathContext(1)).toString();
    return Double.parseDouble(one) == value ? one : text;
  }

  /** Any number as text that loses nothing. */
  static String text(Number number) {
    if (number instanceof Double) {
      return text(number.doubleValue());
    }
    if (number instanceof Float) {
      float value = number.floatValue();
      boolean small = value == Math.rint(value) && Math.abs(value) < EXACT_BELOW;
      return small || !Float.isFinite(value)
          ? text((double) value)
          : go(NumberOutput.toString(value, true), Math.abs(value));
    }
    return number.toString();
  }

  /** Go writes an exponent below 1e-6 and from 1e21 on: {@code 1.5e-7}, {@code 1e+21}. */
  private static String go(String shortest, double size) {
    BigDecimal exact = new BigDecimal(shortest).stripTrailingZeros();
    if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - exact.scale();
    return (exact.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }
}
