package dev.infermux.keys;

import dev.infermux.network.LinkedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that its owner alone can read, written whole or not at all. */
public final class OwnersFile {

  private OwnersFile() {}

  /** Completes when it is on the disk, where a link leads to it; blocks. */
  public static void write(Path named, byte[] content) throws IOException {
    Path path = LinkedFile.of(named);
    Path half = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(half);
    try {
      make(half, content);
      Files.move(half, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      remove(half, failed);
      throw failed;
    }
  }

  private static void make(Path half, byte[] content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            half,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownersAlone(half))) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** What is left of one that failed would look as if it were of use. */
  private static void remove(Path half, IOException failed) {
    try {
      Files.deleteIfExists(half);
    } catch (IOException unremoved) {
      failed.addSuppressed(unremoved);
    }
  }

  private static FileAttribute<?>[] ownersAlone(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
