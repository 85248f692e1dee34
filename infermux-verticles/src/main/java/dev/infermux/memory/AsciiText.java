package dev.infermux.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** Short texts of one byte a character, behind their length, in buffers on the heap. */
public final class AsciiText {

  private static final int MOST = Short.MAX_VALUE;

  private AsciiText() {}

  /**
   * Writes a text; false, and nothing is written, when it is not ASCII, the buffer is not on the
   * heap or there is no room.
   */
  @SuppressWarnings("deprecation") // String.getBytes copies what is ASCII without an array between
  public static boolean put(String text, ByteBuffer out) {
    int length = text.length();
    boolean room = length <= MOST && out.remaining() >= Short.BYTES + length;
    if (!room || !out.hasArray() || !isAscii(text)) {
      return false;
    }
    out.putShort((short) length);
    text.getBytes(0, length, out.array(), out.arrayOffset() + out.position());
    out.position(out.position() + length);
    return true;
  }

  /** Reads a text that {@link #put} wrote. */
  public static String get(ByteBuffer in) {
    int length = in.getShort();
    String text = new String(in.array(), in.arrayOffset() + in.position(), length, ISO_8859_1);
    in.position(in.position() + length);
    return text;
  }

  private static boolean isAscii(String text) {
    for (int i = 0, end = text.length(); i < end; i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
