package dev.infermux.mist.bus;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferError;
import dev.infermux.mist.MistType;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * What a request over the event bus fails with: an {@code infer.error} envelope. {@code
 * failureCode()} is the HTTP status, the message that of the error.
 */
public final class InferFailure extends ReplyException {

  private final transient Envelope envelope;

  private InferFailure(Envelope envelope, InferError error) {
    super(ReplyFailure.RECIPIENT_FAILURE, error.status(), error.message(), true);
    this.envelope = envelope;
  }

  /** A failure to reply with. */
  public static InferFailure of(String source, InferError error) {
    return new InferFailure(Envelope.of(source, MistType.INFER_ERROR, error), error);
  }

  /** The failure in an envelope; throws {@link dev.infermux.mist.MistException} without one. */
  static InferFailure of(Envelope envelope) {
    return new InferFailure(envelope, envelope.payloadAs(InferError.class));
  }

  public Envelope envelope() {
    return envelope;
  }

  /** Code, message, status, and whether another try may help. */
  public InferError error() {
    return envelope.payloadAs(InferError.class);
  }
}
