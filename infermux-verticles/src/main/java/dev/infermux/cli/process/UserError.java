package dev.infermux.cli.process;

/** An error the user can correct: printed as text, without a stack trace. */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String text;

  public UserError(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.text = message;
  }

  public int exitCode() {
    return exitCode;
  }

  /** Where, what was found, what is allowed; may have several lines. */
  public String text() {
    return text;
  }
}
