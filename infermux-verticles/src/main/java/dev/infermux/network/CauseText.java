package dev.infermux.network;

/** What the JVM says of a failure, for a message. */
public final class CauseText {

  private CauseText() {}

  /** Its message; many have none, whose kind is said then. */
  public static String of(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
