package dev.infermux.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.Payload;

/**
 * A message type and the payload that goes with it.
 *
 * @param name as it stands in the envelope, one of {@link dev.infermux.mist.MistType}
 */
public record MessageType<T extends Payload>(String name, Class<T> payload) {

  Envelope envelope(T content) {
    return enclose(content);
  }

  /** An envelope of this type around a payload of it, or around what carries one. */
  Envelope enclose(Payload payload) {
    return Envelope.of(MistSource.INFERMUX, name, payload);
  }

  /** The payload of an envelope that has to be of this type. */
  T read(Envelope envelope) {
    if (!envelope.type().equals(name)) {
      throw new IllegalArgumentException(
          "type: \"" + envelope.type() + "\" (expected: " + name + ")");
    }
    Payload content = envelope.payload();
    return payload.cast(content instanceof BusRequest<?> request ? request.content() : content);
  }
}
