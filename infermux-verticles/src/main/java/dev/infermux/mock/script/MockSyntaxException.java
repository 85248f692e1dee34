package dev.infermux.mock.script;

/** Text that describes no behaviour, plan or script. It has no stack trace: it is a user's slip. */
public final class MockSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String found;
  private final String expected;

  public MockSyntaxException(String found, String expected) {
    super(found + " (expected: " + expected + ")");
    this.found = found;
    this.expected = expected;
  }

  /** What stands there, in quotes where it was text. */
  public String found() {
    return found;
  }

  /** What is allowed. */
  public String expected() {
    return expected;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
