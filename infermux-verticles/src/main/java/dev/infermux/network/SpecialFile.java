package dev.infermux.network;

import java.nio.file.Files;
import java.nio.file.Path;

/** A pipe, a socket or a device: who reads it may wait for ever, and finds its content once. */
public final class SpecialFile {

  private SpecialFile() {}

  /** Whether there is one at this path; follows links. Blocks. */
  public static boolean at(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
  }

  /**
   * Refuses one.
   *
   * @throws UnusableFile where there is one
   */
  public static void refuse(Path file) {
    if (at(file)) {
      throw UnusableFile.wrong(file, "is a pipe or a device");
    }
  }
}
