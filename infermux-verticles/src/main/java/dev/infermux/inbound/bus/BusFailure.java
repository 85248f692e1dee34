package dev.infermux.inbound.bus;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * A {@link Failure} as the reply at the public address: code, message and status. The reply
 * exception's {@code failureCode()} is the HTTP status.
 */
final class BusFailure extends ReplyException {

  private final transient Failure failure;

  BusFailure(Failure failure) {
    super(ReplyFailure.RECIPIENT_FAILURE, failure.status(), failure.message(), true);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }

  static BusFailure of(Throwable cause) {
    return new BusFailure(InferenceException.failureOf(cause));
  }
}
