package dev.infermux.network;

import java.nio.file.Path;

/** A file that was named and cannot be used, with the reason in words. */
public final class UnusableFile extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final boolean missing;

  private UnusableFile(String message, boolean missing) {
    super(message);
    this.missing = missing;
  }

  /** There is none, or it cannot be read. */
  public static UnusableFile missing(Path file, String why) {
    return new UnusableFile(file + " " + why, true);
  }

  /** It is there and wrong. */
  public static UnusableFile wrong(Path file, String why) {
    return new UnusableFile(file + " " + why, false);
  }

  /** Whether the file is not there, in contrast to one with the wrong content. */
  public boolean isMissing() {
    return missing;
  }
}
