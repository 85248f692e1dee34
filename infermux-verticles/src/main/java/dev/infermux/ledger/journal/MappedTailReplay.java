package dev.infermux.ledger.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@link MappedTail} back. */
final class MappedTailReplay {

  private static final String EXPECTED =
      "recent records of InferMux, version " + MappedTail.VERSION;

  private final Path path;
  private final RecordFraming frames = new RecordFraming();

  MappedTailReplay(Path path) {
    this.path = path;
  }

  /**
   * Hands over, in order, what the journals do not have.
   *
   * @param ledger which ledger it must belong to
   * @param after the sequence of the last record in the journals
   */
  void run(long ledger, long after, Consumer<JournalRecord> records)
      throws IOException, LedgerException {
    if (!Files.exists(path)) {
      return;
    }
    byte[] file = Files.readAllBytes(path);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    checkFormat(file);
    if (file.length < MappedTail.HEAD_BYTES || bytes.getInt(MappedTail.CLOSED_AT) != 0) {
      // The process died while it was being made, or saved everything elsewhere.
      return;
    }
    checkOwner(bytes, ledger);
    List<JournalRecord> found = new ArrayList<>();
    for (ByteBuffer half : MappedTail.halves(bytes)) {
      read(half, found);
    }
    found.stream()
        .filter(record -> record.sequence() > after)
        .sorted(Comparator.comparingLong(JournalRecord::sequence))
        .forEach(records);
  }

  /** What is cut off counts as right. */
  private void checkFormat(byte[] file) throws LedgerException {
    int known = Math.min(file.length, MappedTail.FORMAT.length);
    if (!Arrays.equals(file, 0, known, MappedTail.FORMAT, 0, known)) {
      throw LedgerException.damaged(path, "byte 0 is not the head of recent records", EXPECTED);
    }
  }

  private void checkOwner(ByteBuffer bytes, long ledger) throws LedgerException {
    int version = bytes.getInt(MappedTail.FORMAT.length);
    if (version != MappedTail.VERSION) {
      throw LedgerException.damaged(path, "version " + version, EXPECTED);
    }
    long owner = bytes.getLong(MappedTail.LEDGER_AT);
    if (owner != ledger) {
      throw LedgerException.damaged(
          path,
          "of ledger " + Long.toHexString(owner),
          ledger == 0
              ? "no such file where there is no state file"
              : "the recent records of ledger " + Long.toHexString(ledger));
    }
  }

  /** Up to the record that was being put, or to what is left of an earlier round. */
  private void read(ByteBuffer half, List<JournalRecord> found) throws LedgerException {
    long last = 0;
    ByteBuffer bytes = frames.next(half);
    while (bytes != null) {
      JournalRecord record = decoded(bytes);
      if (record.sequence() <= last) {
        return;
      }
      last = record.sequence();
      found.add(record);
      bytes = frames.next(half);
    }
  }

  private JournalRecord decoded(ByteBuffer bytes) throws LedgerException {
    try {
      return RecordCodec.decode(bytes);
    } catch (RuntimeException e) {
      throw LedgerException.damaged(path, String.valueOf(e.getMessage()), EXPECTED);
    }
  }
}
