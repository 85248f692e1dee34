package dev.infermux.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells one content of a file from another, so that a configuration differs when a file does. */
public final class FileVersion {

  private static final int SHOWN = 16;

  /** What nobody reads for its content, such as a disk image in the place of a certificate. */
  private static final long LARGE = 64L << 20;

  private FileVersion() {}

  /**
   * The same text for the same contents; empty where one of them cannot be read, or once. Of a file
   * of more than 64 MiB only size and time are looked at.
   */
  public static String of(Path... files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files) {
        if (SpecialFile.at(file)) {
          return "";
        }
        digest.update(content(file));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
    } catch (IOException unreadable) {
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] content(Path file) throws IOException {
    long size = Files.size(file);
    return size > LARGE
        ? (size + " " + Files.getLastModifiedTime(file)).getBytes(UTF_8)
        : Files.readAllBytes(file);
  }
}
