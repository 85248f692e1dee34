package dev.infermux.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads one journal back. */
final class JournalReplay {

  private static final String EXPECTED = "a journal of InferMux, version " + JournalFile.VERSION;

  private final Path path;
  private final RecordFraming frames = new RecordFraming();

  JournalReplay(Path path) {
    this.path = path;
  }

  /**
   * Hands over every record in order.
   *
   * @param ledger which ledger it must belong to; 0 = any
   * @param last whether its end may be torn: nothing was written after it
   */
  Replayed run(long ledger, long number, boolean last, Consumer<JournalRecord> records)
      throws IOException, LedgerException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw LedgerException.damaged(path, channel.size() + " bytes", EXPECTED);
      }
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      if (last && bytes.limit() < JournalFile.HEAD_BYTES && JournalFile.isHead(bytes)) {
        return new Replayed(0, bytes.limit(), ledger);
      }
      long owner = head(bytes, ledger, number);
      read(bytes, records);
      if (bytes.hasRemaining()) {
        checkTorn(bytes, last);
      }
      return new Replayed(bytes.position(), bytes.remaining(), owner);
    }
  }

  private long head(ByteBuffer bytes, long ledger, long number) throws LedgerException {
    if (bytes.limit() < JournalFile.HEAD_BYTES || !JournalFile.isHead(bytes)) {
      throw LedgerException.damaged(path, "byte 0 is not the head of a journal", EXPECTED);
    }
    bytes.position(JournalFile.FORMAT.length);
    int version = bytes.getInt();
    if (version != JournalFile.VERSION) {
      throw LedgerException.damaged(path, "version " + version, EXPECTED);
    }
    long owner = bytes.getLong();
    if (ledger != 0 && owner != ledger) {
      throw LedgerException.damaged(
          path,
          "of ledger " + Long.toHexString(owner),
          "the journal of ledger " + Long.toHexString(ledger));
    }
    long stated = bytes.getLong();
    if (stated != number) {
      throw LedgerException.damaged(path, "journal " + stated, "journal " + number);
    }
    return owner;
  }

  /** Stops at the first frame that is not whole. */
  private void read(ByteBuffer bytes, Consumer<JournalRecord> records) throws LedgerException {
    ByteBuffer record = frames.next(bytes);
    while (record != null) {
      try {
        records.accept(RecordCodec.decode(record));
      } catch (RuntimeException e) {
        throw LedgerException.damaged(
            path, "before byte " + bytes.position() + ": " + e.getMessage(), EXPECTED);
      }
      record = frames.next(bytes);
    }
  }

  /** Only an end can be torn by a crash: whole records after it mean damage. */
  private void checkTorn(ByteBuffer bytes, boolean last) throws LedgerException {
    int bad = bytes.position();
    int next = frames.find(bytes, bad + 1);
    if (next >= 0 || !last) {
      throw LedgerException.damaged(
          path,
          "bytes " + bad + " to " + (next >= 0 ? next : bytes.limit()) + " are no record",
          "records up to the end");
    }
  }

  /**
   * How far it could be read.
   *
   * @param whole bytes up to the end of the last whole record
   * @param torn bytes after them
   * @param ledger the ledger it belongs to
   */
  record Replayed(long whole, long torn, long ledger) {}
}
