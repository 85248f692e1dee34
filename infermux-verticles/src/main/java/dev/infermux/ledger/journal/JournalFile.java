package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A journal that is being written: a head, then frames. One thread appends; another may force it to
 * the disk.
 */
final class JournalFile implements AutoCloseable {

  static final byte[] FORMAT = "infermux-journal".getBytes(US_ASCII);
  static final int VERSION = 1;
  static final int HEAD_BYTES = FORMAT.length + 4 + 8 + 8;

  private final FileChannel channel;
  private final long number;
  private long size;
  private volatile boolean dirty;

  private JournalFile(FileChannel channel, long number) {
    this.channel = channel;
    this.number = number;
  }

  /**
   * Begins a journal, in the place of an unfinished attempt to do so if need be.
   *
   * @param ledger the ledger it belongs to
   */
  static JournalFile create(Path path, long ledger, long number) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    JournalFile file = new JournalFile(channel, number);
    try {
      file.append(
          ByteBuffer.allocate(HEAD_BYTES)
              .put(FORMAT)
              .putInt(VERSION)
              .putLong(ledger)
              .putLong(number)
              .flip());
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Hands bytes to the operating system; after a failure the file is as it was before. */
  void append(ByteBuffer bytes) throws IOException {
    try {
      dirty = true;
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      size = channel.position();
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
  }

  /** Brings what was appended to the disk. */
  void force() throws IOException {
    if (dirty) {
      dirty = false;
      channel.force(false);
    }
  }

  long size() {
    return size;
  }

  long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Whether a head is that of such a journal; what is cut off counts as right. */
  static boolean isHead(ByteBuffer bytes) {
    byte[] start = new byte[Math.min(FORMAT.length, bytes.remaining())];
    bytes.get(bytes.position(), start);
    return Arrays.equals(start, Arrays.copyOf(FORMAT, start.length));
  }
}
