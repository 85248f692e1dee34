package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest records in a small file that is mapped into memory: the operating system has each as
 * soon as it is put there, without being called, so that it outlives the process from then on. The
 * journal gets them some milliseconds later, many at once.
 *
 * <p>The file has a head and two halves that are filled in turn. A half is begun anew only when the
 * journal has all of it; until then records are left out, and whoever must be sure of one waits for
 * the journal. A process that dies at such a moment leaves a gap, in which nobody had an answer
 * yet.
 *
 * <p>One thread puts records; {@link #keeps} is any thread's.
 */
final class MappedTail {

  static final byte[] FORMAT = "infermux-recent\n".getBytes(US_ASCII);
  static final int VERSION = 1;
  static final int LEDGER_AT = FORMAT.length + 4;
  static final int CLOSED_AT = LEDGER_AT + 8;
  static final int HEAD_BYTES = CLOSED_AT + 4;

  private static final Logger LOG = LoggerFactory.getLogger(MappedTail.class);

  private final Path path;
  private final RecordFraming frames = new RecordFraming();
  private final ByteBuffer[] halves;
  private final long[] lastOfHalf = new long[2];
  private int current;
  private boolean broken;

  /** The first and the last of those without a gap between them. */
  private volatile long first;

  private volatile long last;

  private MappedTail(Path path, ByteBuffer bytes) {
    this.path = path;
    this.halves = halves(bytes);
  }

  /**
   * Begins with an empty file, in the place of any other. Its room on the disk is taken now: a
   * mapped file must not run into a full disk.
   *
   * @param size in bytes; a half must have room for several records
   */
  static MappedTail create(Path path, long ledger, int size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer empty = ByteBuffer.allocate(size);
      empty.put(FORMAT).putInt(VERSION).putLong(ledger).putInt(0).rewind();
      while (empty.hasRemaining()) {
        channel.write(empty);
      }
      return new MappedTail(path, channel.map(MapMode.READ_WRITE, 0, size));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** The two halves of a whole file, each on its own. */
  static ByteBuffer[] halves(ByteBuffer file) {
    int length = (file.limit() - HEAD_BYTES) / 2;
    return new ByteBuffer[] {
      file.slice(HEAD_BYTES, length), file.slice(HEAD_BYTES + length, length)
    };
  }

  /**
   * Keeps a record, if there is room.
   *
   * @param written the sequence up to which the journal has everything
   */
  void put(JournalRecord record, long written) {
    try {
      if (broken || !room(written) || !store(record, halves[current])) {
        return;
      }
    } catch (InternalError cutShort) {
      broken = true;
      return;
    }
    long sequence = record.sequence();
    lastOfHalf[current] = sequence;
    if (sequence != last + 1) {
      first = sequence;
    }
    last = sequence;
  }

  /**
   * False when the file's room has gone, cut off by somebody or with its disk. The JVM tells of
   * that by an {@link InternalError}, but from compiled code only at some later moment; so what was
   * stored is looked at.
   */
  private boolean store(JournalRecord record, ByteBuffer half) {
    int at = half.position();
    ByteBuffer frame = frames.frame(record);
    half.put(frame);
    broken = half.getLong(at) != frame.getLong(0);
    if (broken) {
      LOG.error(
          "{}: cut short by somebody, or its disk is gone: records wait for the journal", path);
    }
    return !broken;
  }

  /** Whether a record is here, or in the journal. */
  boolean keeps(long sequence) {
    // The last one is read first: a new first one was set before it.
    return sequence <= last && sequence >= first;
  }

  /** What was put is saved elsewhere; later records are ignored. */
  void close() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      // Where a mapped file cannot be deleted, the mark tells that it says nothing any more.
      channel.write(ByteBuffer.allocate(4).putInt(1).flip(), CLOSED_AT);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("{}: left behind", path, e);
    }
  }

  private boolean room(long written) {
    if (halves[current].remaining() >= RecordFraming.MOST_BYTES) {
      return true;
    }
    int other = 1 - current;
    if (lastOfHalf[other] > written) {
      return false;
    }
    current = other;
    halves[current].clear();
    return true;
  }
}
