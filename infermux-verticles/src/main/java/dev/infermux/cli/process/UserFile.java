package dev.infermux.cli.process;

import dev.infermux.network.CauseText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that the user of a command names. */
public final class UserFile {

  private UserFile() {}

  /**
   * Writes it, in place of what was there.
   *
   * @throws UserError for one that cannot be written
   */
  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** The error of a command that writes it. */
  public static UserError unwritten(Path file, IOException cause) {
    return new UserError(
        ExitCode.BAD_CONFIGURATION,
        file
            + " cannot be written: "
            + CauseText.of(cause)
            + " (expected: a file in a folder that this user may write to)");
  }

  /** The error of a command that reads it. */
  public static UserError unread(Path file, IOException cause) {
    return new UserError(ExitCode.BAD_ARGUMENTS, file + " cannot be read: " + CauseText.of(cause));
  }
}
