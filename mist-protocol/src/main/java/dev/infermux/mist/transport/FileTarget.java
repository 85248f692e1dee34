package dev.infermux.mist.transport;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Appends lines to a file, which it creates with its directories at the first line. */
final class FileTarget implements LineTarget {

  private static final byte[] LINE_FEED = {'\n'};

  private final Path path;
  private @Nullable FileChannel channel;

  /** Whether the file may end in the middle of a line. */
  private boolean torn = true;

  FileTarget(Path path) {
    this.path = path;
  }

  @Override
  public void write(byte[] line) throws IOException {
    FileChannel open = open();
    if (torn) {
      repair(open);
    }
    torn = true;
    writeFully(open, line);
    torn = false;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    return channel;
  }

  /** Ends half a line left by a full disk or a crash, so that only that line is lost. */
  private void repair(FileChannel open) throws IOException {
    if (Files.isRegularFile(path) && open.size() > 0 && lastByte() != '\n') {
      writeFully(open, LINE_FEED);
    }
  }

  private int lastByte() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read();
    }
  }

  private static void writeFully(FileChannel open, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      open.write(rest);
    }
  }
}
