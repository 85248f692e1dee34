package dev.infermux.benchmarks.mock;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/**
 * Counts the spans in an OTLP {@code ExportTraceServiceRequest} by its wire format alone:
 * resource_spans (1), in each scope_spans (2), in each spans (2).
 */
final class SpanCounter {
  private static final int[] PATH = {1, 2, 2};
  private static final int LENGTH_DELIMITED = 2;

  private final byte[] bytes;
  private int at;

  private SpanCounter(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns 0 for what is not protobuf, so that another protocol is seen as spans missing. */
  static int count(byte[] body, int length) {
    try {
      byte[] plain = plain(body, length);
      return new SpanCounter(plain).count(0, plain.length);
    } catch (IOException | IndexOutOfBoundsException e) {
      return 0;
    }
  }

  private static byte[] plain(byte[] body, int length) throws IOException {
    var in = new ByteArrayInputStream(body, 0, length);
    boolean zipped = length > 2 && (body[0] & 0xff) == 0x1f && (body[1] & 0xff) == 0x8b;
    return zipped ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
  }

  private int count(int depth, int end) throws IOException {
    int spans = 0;
    while (at < end) {
      long tag = varint();
      if ((tag & 7) != LENGTH_DELIMITED) {
        skip((int) (tag & 7));
        continue;
      }
      int next = (int) varint() + at;
      if (tag >>> 3 == PATH[depth]) {
        spans += depth == PATH.length - 1 ? 1 : count(depth + 1, next);
      }
      at = next;
    }
    return spans;
  }

  private void skip(int wireType) throws IOException {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> at += 8;
      case 5 -> at += 4;
      default -> throw new IOException("wire type " + wireType);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
