package dev.infermux.json;

import java.util.Arrays;

/**
 * The inside of a JSON string, without its quotes and with its escapes: a view of bytes that were
 * checked and that must not change. It goes into another string as it is, undecoded.
 */
@SuppressWarnings("ArrayRecordComponent")
public record JsonText(byte[] bytes, int from, int to) {

  public static final JsonText EMPTY = new JsonText(new byte[0], 0, 0);

  /** A text of a program's own, escaped where JSON needs it. */
  public static JsonText of(String text) {
    byte[] quoted = JsonStrings.quoted(text).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new JsonText(quoted, 1, quoted.length - 1);
  }

  public boolean isEmpty() {
    return from == to;
  }

  /** Bytes of it, escapes as they are. */
  public int length() {
    return to - from;
  }

  /** Whether it is nothing but white space. */
  public boolean isBlank() {
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\\' && "nrt".indexOf(bytes[at + 1]) >= 0) {
        at++;
      } else if (bytes[at] != ' ') {
        return false;
      }
    }
    return true;
  }

  /** Whether it begins with this text, given in ASCII and without anything that is escaped. */
  public boolean startsWith(String ascii) {
    if (length() < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** What follows the first {@code length} bytes. */
  public JsonText after(int length) {
    return new JsonText(bytes, from + length, to);
  }

  /** Where a byte that is not escaped stands first, counted from the beginning; -1 = nowhere. */
  public int indexOf(char ascii) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == ascii) {
        return at - from;
      }
    }
    return -1;
  }

  public String decoded() {
    return JsonStrings.decode(bytes, from, to);
  }

  /** Characters of the text. */
  public long characters() {
    long count = 0;
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\\') {
        at += bytes[at + 1] == 'u' ? 5 : 1;
        count++;
      } else if ((b & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonText text
        && Arrays.equals(bytes, from, to, text.bytes, text.from, text.to);
  }

  @Override
  public int hashCode() {
    return decoded().hashCode();
  }

  @Override
  public String toString() {
    return decoded();
  }
}
