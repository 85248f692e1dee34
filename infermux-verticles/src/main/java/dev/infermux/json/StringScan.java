package dev.infermux.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a JSON string and checks it on the way: escapes, control characters, UTF-8.
 *
 * <p>Eight bytes are looked at in one step. A byte is special when it is a quote, a backslash,
 * below 0x20 or above 0x7F; the classic zero-byte trick on the word marks them, and its lowest mark
 * is always exact (false marks only ever stand above a true one). Prompts are long runs of plain
 * characters, so most steps find none.
 */
final class StringScan {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long SPACES = ONES * ' ';

  private StringScan() {}

  /** The index of the first special byte at or after {@code from}, or {@code to}. */
  static int special(byte[] bytes, int from, int to) {
    int at = from;
    while (at + 8 <= to) {
      long word = (long) WORD.get(bytes, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long marks =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((word - SPACES) & ~word)
                  | word)
              & HIGH;
      if (marks != 0) {
        return at + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
      at += 8;
    }
    while (at < to) {
      byte b = bytes[at];
      if (b < ' ' || b == '"' || b == '\\') {
        return at;
      }
      at++;
    }
    return to;
  }

  /** The length of the escape at {@code at}, which holds a backslash. */
  static int escape(byte[] bytes, int at, int to) {
    byte kind = at + 1 < to ? bytes[at + 1] : 0;
    switch (kind) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return 2;
      }
      case 'u' -> {
        if (at + 6 > to || !isHex(bytes, at + 2)) {
          throw new JsonSyntaxException(at, "a broken \\u escape", "four hex digits");
        }
        return 6;
      }
      default ->
          throw new JsonSyntaxException(
              at, "an unknown escape", "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
    }
  }

  /** The length of the UTF-8 sequence at {@code at}, whose first byte is above 0x7F. */
  static int utf8(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
      throw badUtf8(at);
    }
    int second = bytes[at + 1] & 0xFF;
    int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      throw badUtf8(at);
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        throw badUtf8(at);
      }
    }
    return length;
  }

  private static boolean isHex(byte[] bytes, int from) {
    for (int i = from; i < from + 4; i++) {
      if (Character.digit(bytes[i], 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static JsonSyntaxException badUtf8(int at) {
    return new JsonSyntaxException(at, "bytes that are not UTF-8", "strict UTF-8");
  }
}
