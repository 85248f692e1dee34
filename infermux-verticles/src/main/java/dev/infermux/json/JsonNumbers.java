package dev.infermux.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** JSON numbers to Java's. */
final class JsonNumbers {

  private static final int DIGITS_THAT_FIT = 18;

  /** No number that is acted on is spelt longer; to convert more costs more than linear time. */
  private static final int LONGEST = 40;

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

  /** The end of the number that begins at {@code from}. */
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    if (at < to && bytes[at] == '-') {
      at++;
    }
    if (at < to && bytes[at] == '0') {
      at++;
    } else {
      at = digits(bytes, at, to);
    }
    if (at < to && bytes[at] == '.') {
      at = digits(bytes, at + 1, to);
    }
    if (at < to && (bytes[at] == 'e' || bytes[at] == 'E')) {
      at++;
      if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      at = digits(bytes, at, to);
    }
    return at;
  }

  private static int digits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw JsonSyntaxException.unexpected(bytes, at, to, "a digit");
    }
    return at;
  }

  private static long exact(byte[] bytes, int from, int to) {
    if (to - from > LONGEST) {
      throw new JsonSyntaxException(
          from, "a number of " + (to - from) + " characters", "a whole number");
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new JsonSyntaxException(from, text, "a whole number");
    }
  }
}
