package dev.infermux.tokentrace.span;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Lower-case hex digits of 64-bit numbers. */
final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);

  private Hex() {}

  static void write(long number, byte[] into, int at) {
    for (int i = 15; i >= 0; i--) {
      into[at + i] = DIGITS[(int) number & 15];
      number >>>= 4;
    }
  }

  static String text(byte[] digits) {
    return new String(digits, ISO_8859_1);
  }

  /** The number in the 16 digits from {@code at}, which must be digits. */
  static long number(String text, int at) {
    long number = 0;
    for (int i = at; i < at + 16; i++) {
      number = number << 4 | digit(text.charAt(i));
    }
    return number;
  }

  static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The digit's value; -1 for anything but 0-9 and a-f. */
  static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}
