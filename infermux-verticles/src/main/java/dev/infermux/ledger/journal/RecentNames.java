package dev.infermux.ledger.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Names of the costs that were read lately, by their bytes: nearly all are another one's, and need
 * not be made again. One thread's at a time.
 */
final class RecentNames {

  private static final int MOST = 1024;

  /** Longer ones are rare, and made each time: all together it is a megabyte at most. */
  private static final int MOST_BYTES = 256;

  private final CRC32C hash = new CRC32C();
  private final Known[] known = new Known[MOST];

  /** Those that the rest of a record is. */
  CostNames read(ByteBuffer in) {
    if (in.remaining() > MOST_BYTES) {
      return CostNames.read(in);
    }
    hash.reset();
    hash.update(in.duplicate());
    int place = (int) hash.getValue() & (MOST - 1);
    Known there = known[place];
    if (there == null || !there.bytes.equals(in)) {
      ByteBuffer bytes = ByteBuffer.allocate(in.remaining()).put(in.duplicate()).flip();
      there = new Known(bytes, CostNames.read(in));
      known[place] = there;
    }
    return there.names;
  }

  private record Known(ByteBuffer bytes, CostNames names) {}
}
