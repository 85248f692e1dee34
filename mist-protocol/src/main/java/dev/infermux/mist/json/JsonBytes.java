package dev.infermux.mist.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of UTF-8 bytes that knows how to write a JSON string. */
final class JsonBytes {

  private static final int FIRST_SIZE = 256;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        ascii(c);
      } else if (Character.isSurrogate(c)) {
        i += surrogate(text, i);
      } else {
        wide(c);
      }
    }
    put('"');
  }

  private void ascii(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\b' -> escape('b');
      case '\f' -> escape('f');
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      case '<', '>', '&' -> unicode(c);
      default -> {
        if (c < ' ') {
          unicode(c);
        } else {
          put(c);
        }
      }
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
