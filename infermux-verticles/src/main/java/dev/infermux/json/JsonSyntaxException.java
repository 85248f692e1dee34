package dev.infermux.json;

/** Bytes that are not strict JSON; the message says where, what was found and what was expected. */
public final class JsonSyntaxException extends RuntimeException {

  private final int offset;

  JsonSyntaxException(int offset, String found, String expected) {
    super(
        "byte " + offset + ": found " + found + " (expected: " + expected + ")",
        null,
        false,
        false);
    this.offset = offset;
  }

  /** The offending byte's index in the array that was read. */
  public int offset() {
    return offset;
  }
}
