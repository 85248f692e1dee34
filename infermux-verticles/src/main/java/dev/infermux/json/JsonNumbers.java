package dev.infermux.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** JSON numbers to Java's. */
final class JsonNumbers {

  private static final int DIGITS_THAT_FIT = 18;

  private JsonNumbers() {}

  /** The value of a number that a {@link JsonCursor} has already checked; {@code 1e3} is whole. */
  static long whole(byte[] bytes, int from, int to) {
    long value = 0;
    int at = from;
    if (to - from <= DIGITS_THAT_FIT) {
      while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
        value = value * 10 + bytes[at++] - '0';
      }
    }
    return at == to ? value : exact(bytes, from, to);
  }

  private static long exact(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new JsonSyntaxException(from, text, "a whole number");
    }
  }
}
