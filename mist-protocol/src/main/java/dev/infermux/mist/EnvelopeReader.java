package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonProblem;

/**
 * Reads an envelope from its JSON. Every message that breaks a rule of the protocol is refused with
 * a {@link MistException} of code {@code validation}; nothing else is thrown. Safe on any thread.
 */
public final class EnvelopeReader {

  /** Largest message of the protocol, in bytes. */
  public static final int MAX_BYTES = 10 * 1024 * 1024;

  private static final long UINT32_MAX = 0xffff_ffffL;

  private EnvelopeReader() {}

  /** Reads a message that fills the array. */
  public static Envelope read(byte[] message) {
    return read(message, 0, message.length, MAX_BYTES);
  }

  /**
   * Reads a message of a sender that may have left the id to its receiver: without one, or with an
   * empty one, it gets a new id.
   */
  public static Envelope receive(byte[] message) {
    return read(message, 0, message.length, MAX_BYTES, true);
  }

  /** Reads a message that is a part of the array. */
  public static Envelope read(byte[] message, int offset, int length) {
    return read(message, offset, length, MAX_BYTES);
  }

  /** Reads a message of at most {@code maxBytes}, which cannot lift the limit of the protocol. */
  public static Envelope read(byte[] message, int offset, int length, int maxBytes) {
    return read(message, offset, length, maxBytes, false);
  }

  private static Envelope read(
      byte[] message, int offset, int length, int maxBytes, boolean givesId) {
    int limit = Math.min(maxBytes, MAX_BYTES);
    if (length > limit) {
      throw MistException.invalid("message", length + " bytes", "at most " + limit);
    }
    try {
      return read(JsonFields.parse(message, offset, length, ""), givesId);
    } catch (JsonProblem e) {
      throw MistException.invalid(e);
    }
  }

  private static Envelope read(JsonFields in, boolean givesId) {
    String id = in.text("id");
    Envelope.Header header =
        new Envelope.Header(
            in.text("version"),
            id.isEmpty() && givesId ? MistIds.newId() : id,
            in.text("source"),
            in.text("type"),
            in.integer("timestamp_ns"));
    MistVersions.check(header.version());
    byte[] payload = in.raw("payload").utf8();
    long checksum = in.integer("checksum", 0, UINT32_MAX);
    if (checksum != 0 && checksum != Checksums.of(payload)) {
      throw MistException.invalid(
          "checksum", Long.toString(checksum), Checksums.of(payload) + ", the CRC-32 of payload");
    }
    return Envelope.received(header, payload, checksum);
  }
}
