package dev.infermux.tokentrace.otlp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a collector left out of an export that it took. Read from the {@code
 * Export…ServiceResponse}, which has the same three fields for each signal; OpenTelemetry's
 * exporters do not look at it.
 *
 * @param message why, for people; may be empty
 */
record PartialSuccess(int rejected, String message) {
  private static final PartialSuccess NOTHING = new PartialSuccess(0, "");

  private static final int PARTIAL_SUCCESS = 1 << 3 | 2;
  private static final int REJECTED_ITEMS = 1 << 3;
  private static final int ERROR_MESSAGE = 2 << 3 | 2;

  /** One that cannot be read counts as plain success, as OTLP's empty answer does. */
  static PartialSuccess read(byte[] response) {
    try {
      return read(ByteBuffer.wrap(response));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return NOTHING;
    }
  }

  private static PartialSuccess read(ByteBuffer in) {
    long rejected = 0;
    String message = "";
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      if (tag == PARTIAL_SUCCESS) {
        varint(in); // its length: its fields are read in line
      } else if (tag == REJECTED_ITEMS) {
        rejected = varint(in);
      } else if (tag == ERROR_MESSAGE) {
        message = new String(bytes(in), StandardCharsets.UTF_8);
      } else {
        skip(in, tag & 7);
      }
    }
    return new PartialSuccess((int) Math.max(0, Math.min(rejected, Integer.MAX_VALUE)), message);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }

  private static byte[] bytes(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static void skip(ByteBuffer in, int wireType) {
    switch (wireType) {
      case 0 -> varint(in);
      case 1 -> in.getLong();
      case 2 -> bytes(in);
      case 5 -> in.getInt();
      default -> throw new IllegalArgumentException("wire type " + wireType);
    }
  }
}
