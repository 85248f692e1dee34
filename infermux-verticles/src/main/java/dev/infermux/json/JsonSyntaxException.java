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

  /** What stands at {@code at} is not what was expected there. */
  static JsonSyntaxException unexpected(byte[] bytes, int at, int to, String expected) {
    if (at >= to) {
      return new JsonSyntaxException(at, "the end", expected);
    }
    byte b = bytes[at];
    String found =
        b > ' ' && b < 127 ? "\"" + (char) b + "\"" : "byte 0x" + Integer.toHexString(b & 0xFF);
    return new JsonSyntaxException(at, found, expected);
  }

  @Override
  public String getMessage() {
    return java.util.Objects.requireNonNull(super.getMessage());
  }

  /** The offending byte's index in the array that was read. */
  public int offset() {
    return offset;
  }
}
