package dev.infermux.network;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the JVM says of a failure, for a message. */
public final class CauseText {

  private CauseText() {}

  /** Its message; many have none, whose kind is said then. Of a file the reason alone. */
  public static String of(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof NoSuchFileException) {
      message = "no such file or directory";
    } else if (cause instanceof AccessDeniedException) {
      message = "permission denied";
    } else if (cause instanceof FileSystemException known) {
      message = known.getReason();
    }
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
