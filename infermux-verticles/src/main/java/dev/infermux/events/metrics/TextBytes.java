package dev.infermux.events.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** UTF-8 text that grows in one array, which is used again for the next one. */
final class TextBytes {

  /** Below, {@link Double#toString} writes a whole number with all its digits and a zero. */
  private static final long PLAIN = 10_000_000;

  private static final int MOST_DIGITS = 20;

  private byte[] bytes;
  private int length;

  TextBytes(int room) {
    this.bytes = new byte[room];
  }

  int length() {
    return length;
  }

  /** What comes after it is forgotten. */
  void cut(int to) {
    length = to;
  }

  TextPiece piece(int from) {
    return new TextPiece(Arrays.copyOfRange(bytes, from, length));
  }

  void add(TextPiece text) {
    add(text.bytes);
  }

  /** A copy of all. */
  Buffer buffer() {
    return Buffer.buffer(length).appendBytes(bytes, 0, length);
  }

  private void add(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  void add(char ascii) {
    room(1);
    bytes[length++] = (byte) ascii;
  }

  void add(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next >= 0x80) {
        add(text.substring(i).getBytes(UTF_8));
        return;
      }
      bytes[length++] = (byte) next;
    }
  }

  /** What stands between two places comes once more. */
  void repeat(int from, int to) {
    room(to - from);
    System.arraycopy(bytes, from, bytes, length, to - from);
    length += to - from;
  }

  /** The value of a label. */
  void addEscaped(String value) {
    if (value.indexOf('\\') < 0 && value.indexOf('"') < 0 && value.indexOf('\n') < 0) {
      add(value);
    } else {
      add(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    }
  }

  void add(long number) {
    if (number < 0) {
      add(Long.toString(number));
      return;
    }
    room(MOST_DIGITS);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    length += digits;
    long rest = number;
    for (int at = length - 1; at >= length - digits; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  void add(double number) {
    long whole = (long) number;
    if (whole == number && whole > 0 && whole < PLAIN) {
      add(whole);
      add(".0");
    } else if (number == 0 && 1 / number > 0) {
      add("0.0");
    } else if (Double.isInfinite(number)) {
      add(number > 0 ? "+Inf" : "-Inf");
    } else {
      add(Double.toString(number));
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
