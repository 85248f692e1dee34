package dev.infermux.mist.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of UTF-8 bytes that knows how to write a JSON string. */
final class JsonBytes {

  private static final int FIRST_SIZE = 256;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The ASCII characters that need no escape, neither in JSON nor in Go's HTML-safe JSON. */
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    for (char c = ' '; c < 0x80; c++) {
      PLAIN[c] = "\"\\<>&".indexOf(c) < 0;
    }
  }

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  void bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void string(String text) {
    put('"');
    for (int i = plain(text, 0); i < text.length(); i = plain(text, i + 1)) {
      char c = text.charAt(i);
      if (c < 0x80) {
        escaped(c);
      } else if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        wide(c);
      }
    }
    put('"');
  }

  /**
   * Writes the characters from i that stand for themselves; returns where the next other one is.
   */
  private int plain(String text, int i) {
    int length = text.length();
    room(Math.max(0, length - i));
    byte[] into = bytes;
    int at = size;
    int next = i;
    while (next < length && text.charAt(next) < 0x80 && PLAIN[text.charAt(next)]) {
      into[at++] = (byte) text.charAt(next++);
    }
    size = at;
    return next;
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\b' -> escape('b');
      case '\f' -> escape('f');
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> unicode(c);
    }
  }

  /** Writes the pair at i, or a replacement for half a pair; returns the extra chars consumed. */
  private int surrogate(String text, int i) {
    if (!Character.isSurrogatePair(
        text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
      wide('\ufffd');
      return 0;
    }
    int point = text.codePointAt(i);
    put(0xf0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3f));
    put(0x80 | ((point >> 6) & 0x3f));
    put(0x80 | (point & 0x3f));
    return 1;
  }

  private void wide(char c) {
    if (c == '\u2028' || c == '\u2029') {
      unicode(c);
    } else if (c < 0x800) {
      put(0xc0 | (c >> 6));
      put(0x80 | (c & 0x3f));
    } else {
      put(0xe0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3f));
      put(0x80 | (c & 0x3f));
    }
  }

  private void escape(char c) {
    put('\\');
    put(c);
  }

  private void unicode(char c) {
    escape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[(c >> shift) & 0xf]);
    }
  }

  private void put(int b) {
    room(1);
    bytes[size++] = (byte) b;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
