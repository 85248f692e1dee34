package dev.infermux.mist.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One JSON value as the UTF-8 bytes it was written in.
 *
 * @param utf8 shared, not copied: neither side may change it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of the bytes, see below
public record RawJson(byte[] utf8) {

  public static RawJson of(String text) {
    return new RawJson(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The JSON text. */
  public String text() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson raw && Arrays.equals(utf8, raw.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  /** The size only: values may be message content, which belongs in no log. */
  @Override
  public String toString() {
    return "RawJson[" + utf8.length + " bytes]";
  }
}
