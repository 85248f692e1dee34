package dev.infermux.mist;

import java.util.Arrays;

/**
 * A payload as the bytes that stood in a message.
 *
 * @param json one JSON value in UTF-8; shared, not copied: neither side may change it
 */
@SuppressWarnings("ArrayRecordComponent") // equality is that of the bytes, see below
public record RawPayload(byte[] json) implements Payload {

  @Override
  public boolean equals(Object other) {
    return other instanceof RawPayload raw && Arrays.equals(json, raw.json);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(json);
  }

  /** The size only: payloads may hold message content, which belongs in no log. */
  @Override
  public String toString() {
    return "RawPayload[" + json.length + " bytes]";
  }
}
