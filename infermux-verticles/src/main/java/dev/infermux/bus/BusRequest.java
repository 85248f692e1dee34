package dev.infermux.bus;

import dev.infermux.inference.InferenceException;
import dev.infermux.mist.Payload;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * What is asked, with the way back.
 *
 * @param replies the address that takes the reply
 * @param expected what is answered, unless it is a failure
 * @param promise completes on the context of whoever asks
 */
record BusRequest<A extends Payload>(
    Payload content, String replies, Class<A> expected, Promise<A> promise) implements Payload {

  @Override
  public byte[] json() {
    return content.json();
  }

  /** Gives false when it is over already. */
  boolean answer(Payload answer) {
    if (expected.isInstance(answer)) {
      return promise.tryComplete(expected.cast(answer));
    }
    if (answer instanceof FailureReply failed) {
      return promise.tryFail(new InferenceException(failed.failure()));
    }
    return promise.tryFail(new IllegalArgumentException("a reply of " + answer.getClass()));
  }

  /** The answer there is cannot be sent. */
  void unanswered(ReplyException cause) {
    promise.tryFail(cause);
  }

  /** No consumer took it: the address has none, or none any more. */
  void unserved(String address) {
    promise.tryFail(new ReplyException(ReplyFailure.NO_HANDLERS, "No handlers for " + address));
  }
}
