package dev.infermux.tokentrace.record;

import java.util.Arrays;

/** Writes fields of protocol buffers into an array that grows and is used again. One thread. */
final class ProtoOutput {
  private static final int FIRST = 1024;

  /** What one large message made of it is not kept. */
  private static final int LARGEST_KEPT = 64 << 10;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private byte[] bytes = new byte[FIRST];
  private int length;

  void reset() {
    length = 0;
    if (bytes.length > LARGEST_KEPT) {
      bytes = new byte[FIRST];
    }
  }

  int length() {
    return length;
  }

  /** Forgets what was written after the first so many bytes. */
  void truncate(int to) {
    length = to;
  }

  /** What was written. */
  byte[] content() {
    return Arrays.copyOf(bytes, length);
  }

  /** What was written, as a field of the message around it. */
  byte[] asField(int field) {
    byte[] framed = new byte[sizeOfContent(field, length)];
    asField(field, framed);
    return framed;
  }

  /** The same in the place of what the span had. */
  void asField(int field, EncodedSpan into) {
    asField(field, into.room(sizeOfContent(field, length)));
  }

  private void asField(int field, byte[] framed) {
    int at = varint(framed, 0, field << 3 | LENGTH_DELIMITED);
    at = varint(framed, at, length);
    System.arraycopy(bytes, 0, framed, at, length);
  }

  void number(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  void fixed64(int field, long value) {
    tag(field, FIXED_64);
    littleEndian(value, 8);
  }

  void fixed32(int field, int value) {
    tag(field, FIXED_32);
    littleEndian(value, 4);
  }

  void real(int field, double value) {
    fixed64(field, Double.doubleToRawLongBits(value));
  }

  /** The head of a field whose content of this length is written next. */
  void begin(int field, int contentLength) {
    tag(field, LENGTH_DELIMITED);
    varint(contentLength);
  }

  /** The bytes of a number, the highest first, as ids are written. */
  void bigEndian(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  void bytes(int field, byte[] content) {
    begin(field, content.length);
    raw(content);
  }

  void raw(byte[] content) {
    room(content.length);
    System.arraycopy(content, 0, bytes, length, content.length);
    length += content.length;
  }

  void text(int field, String text) {
    if (isAscii(text)) {
      ascii(field, text);
    } else {
      begin(field, utf8(text));
      encode(text);
    }
  }

  /** Writes a text of which {@link #isAscii} is true. */
  @SuppressWarnings("deprecation") // String.getBytes copies what is ASCII without an array between
  void ascii(int field, String text) {
    int size = text.length();
    begin(field, size);
    room(size);
    text.getBytes(0, size, bytes, length);
    length += size;
  }

  private void encode(String text) {
    room(3 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (pairs(text, i)) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | (point >> 12 & 0x3F));
        bytes[length++] = (byte) (0x80 | (point >> 6 & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
      } else if (Character.isSurrogate(c)) {
        bytes[length++] = '?';
      } else {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | (c >> 6 & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      }
    }
  }

  /** The length of a text field, its head included. */
  static int sizeOfText(int field, String text) {
    return sizeOfContent(field, utf8(text));
  }

  /** The length of a field with a content of this length, its head included. */
  static int sizeOfContent(int field, int contentLength) {
    return sizeOf(field << 3) + sizeOf(contentLength) + contentLength;
  }

  /** The bytes that a number takes. */
  static int sizeOf(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  static boolean isAscii(String text) {
    for (int i = 0, end = text.length(); i < end; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static int utf8(String text) {
    int size = text.length();
    for (int i = 0, end = size; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        if (pairs(text, i)) {
          size += 2; // four bytes of two characters
          i++;
        } else if (!Character.isSurrogate(c)) {
          size += c < 0x800 ? 1 : 2;
        }
      }
    }
    return size;
  }

  private static boolean pairs(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private void tag(int field, int wireType) {
    varint((long) field << 3 | wireType);
  }

  private void varint(long value) {
    room(10);
    if (value >= 0 && value < 0x80) {
      bytes[length++] = (byte) value;
    } else {
      length = varint(bytes, length, value);
    }
  }

  private static int varint(byte[] into, int from, long value) {
    int at = from;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      into[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[at++] = (byte) rest;
    return at;
  }

  private void littleEndian(long value, int size) {
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
