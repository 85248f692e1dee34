package dev.infermux.mist;

import dev.infermux.mist.json.JsonWriter;
import java.util.Arrays;

/** Writes an envelope as JSON, with the checksum of its payload. Safe on any thread. */
public final class EnvelopeWriter {

  private EnvelopeWriter() {}

  /**
   * One envelope as JSON, the payload byte for byte as {@link Payload#json()} gives it. Throws
   * {@link MistException} when the message would be larger than readers accept.
   */
  public static byte[] write(Envelope envelope) {
    return write(envelope, envelope.payload().json());
  }

  /**
   * One envelope as a line of a JSON-lines file, line feed included. Line breaks between the tokens
   * of the payload become spaces, so the checksum is that of the payload in the line.
   */
  public static byte[] writeLine(Envelope envelope) {
    byte[] message = write(envelope, oneLine(envelope.payload().json()));
    byte[] line = Arrays.copyOf(message, message.length + 1);
    line[message.length] = '\n';
    return line;
  }

  private static byte[] write(Envelope envelope, byte[] payload) {
    JsonWriter out =
        JsonWriter.object()
            .text("version", envelope.version())
            .text("id", envelope.id())
            .text("source", envelope.source())
            .text("type", envelope.type())
            .integer("timestamp_ns", envelope.timestampNanos())
            .raw("payload", payload);
    long checksum = Checksums.of(payload);
    byte[] message = checksum == 0 ? out.end() : out.integer("checksum", checksum).end();
    if (message.length > EnvelopeReader.MAX_BYTES) {
      throw MistException.invalid(
          "message", message.length + " bytes", "at most " + EnvelopeReader.MAX_BYTES);
    }
    return message;
  }

  /** Inside strings JSON escapes line breaks, so a bare one can only be white space. */
  private static byte[] oneLine(byte[] json) {
    byte[] line = json;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        line = line == json ? json.clone() : line;
        line[i] = ' ';
      }
    }
    return line;
  }
}
