package dev.infermux.json;

import java.util.Arrays;

/**
 * One JSON value as its writer spelt it: a view of bytes that a {@link JsonCursor} has checked and
 * that must not change.
 *
 * @param from its first byte, a string's quote included
 * @param to the byte after it
 */
@SuppressWarnings("ArrayRecordComponent")
public record JsonSlice(byte[] bytes, int from, int to) {

  /** A value in a text that is known to be one. */
  public static JsonSlice of(String json) {
    byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new JsonSlice(bytes, 0, bytes.length);
  }

  /** A cursor that stands before the value. */
  public JsonCursor cursor() {
    return new JsonCursor(bytes, from, to);
  }

  public JsonKind kind() {
    return cursor().kind();
  }

  public int length() {
    return to - from;
  }

  /** The inside of a string. */
  public JsonText text() {
    return new JsonText(bytes, from + 1, to - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonSlice slice
        && Arrays.equals(bytes, from, to, slice.bytes, slice.from, slice.to);
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The value as it is spelt. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
