package dev.infermux.mist.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Carries failures over the event bus, between nodes as the MIST JSON of their envelope. */
final class InferFailureCodec implements MessageCodec<InferFailure, InferFailure> {

  private static final String NAME = "mist.failure";

  private final EnvelopeCodec envelopes = new EnvelopeCodec();

  @Override
  public void encodeToWire(Buffer buffer, InferFailure failure) {
    envelopes.encodeToWire(buffer, failure.envelope());
  }

  @Override
  public InferFailure decodeFromWire(int position, Buffer buffer) {
    return InferFailure.of(envelopes.decodeFromWire(position, buffer));
  }

  @Override
  public InferFailure transform(InferFailure failure) {
    return failure;
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
