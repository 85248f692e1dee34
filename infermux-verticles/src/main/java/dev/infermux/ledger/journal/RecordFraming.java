package dev.infermux.ledger.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records in frames, so that a torn or damaged one is known: a mark and the length in four bytes,
 * the CRC-32C of the record in four, the record.
 */
final class RecordFraming {

  static final int MOST_BYTES = RecordCodec.MOST_BYTES + 8;

  private static final int MARK = 0xA7;
  private static final int HEAD = 8;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer frame = ByteBuffer.allocate(MOST_BYTES);
  private @Nullable JournalRecord framed;

  /**
   * The frame of a record, good until that of another one is asked for. It is made once: most costs
   * go to two files.
   */
  ByteBuffer frame(JournalRecord record) {
    if (record != framed) {
      framed = null;
      frame.clear().position(HEAD);
      RecordCodec.encode(record, frame);
      int length = frame.position() - HEAD;
      frame.putInt(0, MARK << 24 | length).putInt(4, checksum(frame, HEAD, length)).flip();
      framed = record;
    }
    return frame.rewind();
  }

  /**
   * The record at the buffer's position as a view of its bytes; null when there is no whole one.
   */
  @Nullable ByteBuffer next(ByteBuffer in) {
    int start = in.position();
    int length = lengthAt(in, start);
    if (length < 0) {
      return null;
    }
    in.position(start + HEAD + length);
    return in.slice(start + HEAD, length);
  }

  /** Where the next whole frame begins after {@code from}; -1 when there is none. */
  int find(ByteBuffer in, int from) {
    for (int at = from; at < in.limit(); at++) {
      if (lengthAt(in, at) >= 0) {
        return at;
      }
    }
    return -1;
  }

  /** Length of the record in the frame at {@code at}; -1 when there is no whole frame. */
  private int lengthAt(ByteBuffer in, int at) {
    if (in.limit() - at < HEAD || (in.get(at) & 0xFF) != MARK) {
      return -1;
    }
    int length = in.getInt(at) & 0xFFFFFF;
    boolean fits =
        length > 0 && length <= RecordCodec.MOST_BYTES && in.limit() - at - HEAD >= length;
    return fits && in.getInt(at + 4) == checksum(in, at + HEAD, length) ? length : -1;
  }

  private int checksum(ByteBuffer bytes, int from, int length) {
    crc.reset();
    if (bytes.hasArray()) {
      crc.update(bytes.array(), bytes.arrayOffset() + from, length);
    } else {
      crc.update(bytes.slice(from, length));
    }
    return (int) crc.getValue();
  }
}
