package dev.infermux.ledger.journal;

import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.network.CauseText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Costs of holders of leases on their way to the shared store: files {@code F.entries-N} of framed
 * records, so that no heap grows while the store is away. The ledger's thread writes; see {@link
 * EntryReader} for the other end.
 *
 * <p>It is written before the journal and brought to the disk before a journal is deleted. So a
 * cost is in one of them at least; one that is in both is told twice, which the store sees by its
 * number.
 */
final class EntryOutbox implements LedgerState.EntrySink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EntryOutbox.class);
  private static final int SEGMENT_BYTES = 4 * 1024 * 1024;

  /** Room for what a full disk does not take. */
  private static final int MOST_HELD_BYTES = 4 * 1024 * 1024;

  private final LedgerFiles files;
  private final RecordFraming frames = new RecordFraming();
  private final AtomicLong written = new AtomicLong();
  private ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private volatile @Nullable FileChannel channel;
  private volatile long segment;
  private long size;
  private long held;
  private boolean full;
  private long floor;
  private @Nullable UUID last;

  EntryOutbox(LedgerFiles files) throws IOException {
    this.files = files;
    SortedMap<Long, Path> before = files.entries();
    segment = before.isEmpty() ? 0 : before.lastKey();
    for (Path path : before.values()) {
      floor = 0; // of the last one alone: what is told twice counts once
      EntryReader.scan(path, this::known);
    }
  }

  private void known(long sequence) {
    written.incrementAndGet();
    floor = Math.max(floor, sequence);
  }

  /** The journal has the frames of the same costs. */
  RecordFraming frames() {
    return frames;
  }

  /** How many costs were ever written that were not told when this process began. */
  long written() {
    return written.get();
  }

  /** The number of the file that is being written; those below are whole. */
  long segment() {
    return segment;
  }

  /** Leaves out what an earlier process has written here already. */
  @Override
  public void add(UUID holder, Settle settle) {
    boolean presumed = settle.sequence() == settle.id();
    if (settle.sequence() <= floor && !presumed) {
      return;
    }
    if (!room(2 * RecordFraming.MOST_BYTES)) {
      return;
    }
    if (!holder.equals(last)) {
      buffer.put(frames.frame(new HolderBegun(settle.sequence(), holder, "")));
      last = holder;
    }
    buffer.put(frames.frame(settle));
    held++;
  }

  /** Hands everything taken so far to the operating system. */
  void write() {
    int content = buffer.position();
    if (content == 0) {
      return;
    }
    try {
      FileChannel out = open();
      buffer.flip();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      size = out.position();
      buffer.clear();
      written.addAndGet(held);
      held = 0;
      full = false;
      if (size >= SEGMENT_BYTES) {
        close();
      }
    } catch (IOException e) {
      giveBack(content, e);
    }
  }

  /** Brings what was written to the disk. */
  void force() throws IOException {
    FileChannel out = channel;
    try {
      if (out != null) {
        out.force(false);
      }
    } catch (ClosedChannelException e) {
      LOG.trace("Brought to the disk when it was closed", e);
    }
  }

  /** Ends the file; what comes goes to another one. */
  @Override
  public void close() throws IOException {
    FileChannel out = channel;
    channel = null;
    last = null;
    if (out != null) {
      out.force(false);
      out.close();
    }
  }

  private FileChannel open() throws IOException {
    FileChannel out = channel;
    if (out == null) {
      long next = segment + 1;
      out =
          FileChannel.open(
              files.entries(next),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      channel = out;
      segment = next;
      size = 0;
    }
    return out;
  }

  /** The disk does not take it: the file stays as it was, and the buffer is tried again. */
  private void giveBack(int content, IOException failure) {
    buffer.clear().position(content);
    try {
      FileChannel out = channel;
      if (out != null) {
        out.truncate(size);
        out.position(size);
      }
    } catch (IOException e) {
      LOG.debug("{}: {}", files.snapshot(), CauseText.of(e));
    }
    if (!full) {
      full = true;
      LOG.error(
          "{}: {}: costs for the shared store are kept in memory until the disk takes them",
          files.snapshot(),
          CauseText.of(failure));
    }
  }

  private boolean room(int bytes) {
    if (buffer.remaining() >= bytes) {
      return true;
    }
    if (!full) {
      write();
    }
    if (buffer.remaining() < bytes && buffer.capacity() < MOST_HELD_BYTES) {
      buffer = ByteBuffer.allocate(buffer.capacity() * 2).put(buffer.flip());
    }
    if (buffer.remaining() < bytes) {
      LOG.error("{}: a cost is missing in the shared store: the disk is full", files.snapshot());
      return false;
    }
    return true;
  }

  /** Deletes a file whose costs the store has. */
  void delete(long number) throws IOException {
    Files.deleteIfExists(files.entries(number));
  }
}
