package dev.infermux.network;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** The little of DER that keys of older forms need. */
final class Der {

  private static final int LONG_FORM = 0x80;
  private static final int MOST_LENGTH_BYTES = 3;

  private Der() {}

  /** A value with its tag and length. */
  static byte[] of(int tag, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < LONG_FORM) {
      out.write(value.length);
    } else {
      int bytes = value.length < 1 << 8 ? 1 : value.length < 1 << 16 ? 2 : MOST_LENGTH_BYTES;
      out.write(LONG_FORM | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(value.length >> (i * Byte.SIZE));
      }
    }
    out.writeBytes(value);
    return out.toByteArray();
  }

  /** The value of the first element with this tag within an outermost sequence. */
  static Optional<byte[]> child(byte[] sequence, int tag) {
    try {
      int at = start(sequence, 0);
      if (at + length(sequence, 0) != sequence.length) {
        return Optional.empty();
      }
      while (at < sequence.length) {
        int start = start(sequence, at);
        int end = start + length(sequence, at);
        if ((sequence[at] & 0xFF) == tag) {
          return Optional.of(Arrays.copyOfRange(sequence, start, end));
        }
        at = end;
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException cut) {
      // Damaged: it has none.
    }
    return Optional.empty();
  }

  private static int start(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < LONG_FORM ? 0 : length - LONG_FORM);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    if (first < LONG_FORM) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < Math.min(first - LONG_FORM, MOST_LENGTH_BYTES); i++) {
      length = (length << Byte.SIZE) | (der[at + 2 + i] & 0xFF);
    }
    return length;
  }
}
