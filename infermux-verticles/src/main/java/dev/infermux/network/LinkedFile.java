package dev.infermux.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Follows links, so that who replaces a file replaces it where it lies, and leaves the link. */
public final class LinkedFile {

  private static final int MOST_LINKS = 40; // as Linux

  private LinkedFile() {}

  /** Where a file of this name lies or will lie, though there is none yet. Blocks. */
  public static Path of(Path named) {
    Path file = named;
    try {
      for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(file); links++) {
        file = file.resolveSibling(Files.readSymbolicLink(file));
      }
      return file;
    } catch (IOException unreadable) {
      return named;
    }
  }
}
