package dev.infermux.cli.process;

/** Arguments that cannot be parsed. */
public final class BadArguments extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String text;

  public BadArguments(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  /** Where, what was found, what is allowed. */
  public String text() {
    return text;
  }
}
