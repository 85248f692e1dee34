package dev.infermux.bus;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * A {@link Failure} as the reply to a bus request: code, message and status. The reply exception's
 * {@code failureCode()} is the HTTP status.
 */
public final class BusFailure extends ReplyException {

  private final transient Failure failure;

  public BusFailure(Failure failure) {
    super(ReplyFailure.RECIPIENT_FAILURE, failure.status(), failure.message(), true);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /** The failure behind whatever a bus request failed with. */
  public static Failure failureOf(Throwable cause) {
    return cause instanceof BusFailure reply
        ? reply.failure()
        : InferenceException.failureOf(cause);
  }

  /** What to reply when handling a message failed. */
  public static BusFailure of(Throwable cause) {
    return cause instanceof BusFailure reply
        ? reply
        : new BusFailure(InferenceException.failureOf(cause));
  }
}
