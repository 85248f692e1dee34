package dev.infermux.ledger.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.network.CauseText;
import dev.infermux.network.LinkedFile;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one ledger: the snapshot {@code F}, the journals {@code F.journal-N}, the latest
 * records {@code F.recent}, the lock {@code F.lock}, and {@code F.tmp} while a snapshot is being
 * written. For a shared store there are also costs that it has still to be told, {@code
 * F.entries-N}, and {@code F.place}.
 */
final class LedgerFiles implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFiles.class);
  private static final long LEAST_ROOM = 64 * 1024;

  private final Path snapshot;
  private final Path directory;
  private final FileChannel lockFile;

  private LedgerFiles(Path snapshot, Path directory, FileChannel lockFile) {
    this.snapshot = snapshot;
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /** Takes the files for this process alone. */
  static LedgerFiles lock(Path stateFile) throws LedgerException {
    Path file = LinkedFile.of(stateFile);
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw LedgerException.unusable(
          stateFile, "its directory does not exist", "a directory that InferMux may write to");
    }
    if (Files.isDirectory(file)) {
      throw LedgerException.unusable(stateFile, "a directory", "a file, or nothing yet");
    }
    try {
      return new LedgerFiles(file, directory, locked(beside(file, ".lock"), stateFile));
    } catch (IOException e) {
      throw LedgerException.unusable(
          stateFile, CauseText.of(e), "a directory that InferMux may write to");
    }
  }

  Path snapshot() {
    return snapshot;
  }

  Path journal(long number) {
    return beside(snapshot, ".journal-" + number);
  }

  Path recent() {
    return beside(snapshot, ".recent");
  }

  /** A file of costs for the shared store. */
  Path entries(long number) {
    return beside(snapshot, ".entries-" + number);
  }

  /** The journals there are, by number. */
  SortedMap<Long, Path> journals() throws IOException {
    return numbered(".journal-");
  }

  /** The files of costs for the shared store, by number. */
  SortedMap<Long, Path> entries() throws IOException {
    return numbered(".entries-");
  }

  /**
   * What tells this place from others that its files may be copied to: a copy has the same content
   * and another file.
   */
  String place() throws IOException {
    Path file = beside(snapshot, ".place");
    if (!Files.exists(file)) {
      Files.writeString(file, UUID.randomUUID() + "\n");
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String key = String.valueOf(attributes.fileKey());
    // (dev=…,ino=…): the device's number may be another one after a restart.
    return Files.readString(file).strip()
        + key.substring(Math.max(0, key.lastIndexOf(',')))
        + ","
        + attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
  }

  private SortedMap<Long, Path> numbered(String suffix) throws IOException {
    SortedMap<Long, Path> journals = new TreeMap<>();
    String prefix = snapshot.getFileName() + suffix;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path path : all) {
        String name = path.getFileName().toString();
        if (name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d{1,18}")) {
          journals.put(Long.parseLong(name.substring(prefix.length())), path);
        }
      }
    }
    return journals;
  }

  /** Replaces the snapshot, whole or not at all, and makes sure of it. */
  void save(byte[] bytes) throws IOException {
    Path temporary = beside(snapshot, ".tmp");
    try {
      try (FileChannel out =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        out.force(true);
      }
      Files.move(
          temporary, snapshot, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory();
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Deletes the journals that the snapshot contains. */
  void deleteJournalsBelow(long number) throws IOException {
    for (Path journal : journals().headMap(number).values()) {
      Files.deleteIfExists(journal);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /** Whether the disk is full, rather than broken or read-only. */
  boolean full(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    return text.contains("No space left") || text.contains("quota") || room() < LEAST_ROOM;
  }

  /** The system's own words may be in any language. */
  private long room() {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  private void forceDirectory() throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** The lock names its holder, for the message of a second process. */
  private static FileChannel locked(Path path, Path stateFile) throws IOException, LedgerException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        name(channel);
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This very process has it; the channel stays open, for closing it would drop that lock.
      throw inUse(stateFile, "this process");
    }
    ByteBuffer holder = ByteBuffer.allocate(20);
    channel.read(holder, 0);
    channel.close();
    throw inUse(
        stateFile, "process " + new String(holder.array(), 0, holder.position(), US_ASCII).strip());
  }

  private static void name(FileChannel lockFile) {
    try {
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(US_ASCII);
      lockFile.truncate(0);
      lockFile.write(ByteBuffer.wrap(pid));
    } catch (IOException e) {
      LOG.debug("The lock stays without a name", e);
    }
  }

  private static LedgerException inUse(Path stateFile, String holder) {
    return LedgerException.unusable(
        stateFile, "in use by " + holder, "a file of this process alone");
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
