package dev.infermux.mist.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.EnvelopeWriter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries envelopes over the event bus: by reference within a process, as MIST JSON between the
 * nodes of a cluster, where a message arrives with its payload as raw bytes.
 *
 * <p>On the wire: the length of the JSON in four bytes, then the JSON.
 */
public final class EnvelopeCodec implements MessageCodec<Envelope, Envelope> {

  /** The name for {@code DeliveryOptions.setCodecName}; once registered, none is needed. */
  public static final String NAME = "mist.envelope";

  /**
   * Lets this Vert.x send and receive envelopes, and {@link InferFailure} in reply to them. Every
   * node of a cluster that takes part calls it, any number of times.
   */
  public static void register(Vertx vertx) {
    register(vertx, Envelope.class, new EnvelopeCodec());
    register(vertx, InferFailure.class, new InferFailureCodec());
  }

  private static <T> void register(Vertx vertx, Class<T> type, MessageCodec<T, T> codec) {
    try {
      vertx.eventBus().registerDefaultCodec(type, codec);
    } catch (IllegalStateException alreadyRegistered) {
      // The bus has no way to ask; a second registration changes nothing.
    }
  }

  /** Undoes {@link #register} for all users of this Vert.x; does nothing when it was not called. */
  public static void unregister(Vertx vertx) {
    vertx.eventBus().unregisterDefaultCodec(Envelope.class);
    vertx.eventBus().unregisterDefaultCodec(InferFailure.class);
  }

  @Override
  public void encodeToWire(Buffer buffer, Envelope envelope) {
    byte[] json = EnvelopeWriter.write(envelope);
    buffer.appendInt(json.length).appendBytes(json);
  }

  /** Throws {@link dev.infermux.mist.MistException} when the peer sent no valid envelope. */
  @Override
  public Envelope decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    return EnvelopeReader.read(buffer.getBytes(start, start + buffer.getInt(position)));
  }

  @Override
  public Envelope transform(Envelope envelope) {
    return envelope;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
