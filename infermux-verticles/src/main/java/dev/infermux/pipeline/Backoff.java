package dev.infermux.pipeline;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;

/** Waits between two attempts, and stops waiting as soon as nobody does any more. */
final class Backoff {

  private final Vertx vertx;

  Backoff(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Completes on the current context after the pause; fails at once when cancelled. */
  Future<Void> await(Duration pause, Cancellation cancellation) {
    Promise<Void> over = ((ContextInternal) vertx.getOrCreateContext()).promise();
    long timer = vertx.setTimer(Math.max(1, pause.toMillis()), due -> over.tryComplete());
    Registration registration =
        cancellation.onCancel(
            () -> {
              vertx.cancelTimer(timer);
              over.tryFail(left());
            });
    return over.future().onComplete(ended -> registration.remove());
  }

  /** What ends a call whose caller has left after a failed attempt and before another. */
  static InferenceException left() {
    return new InferenceException(new Failure.Cancelled("the caller left between two attempts"));
  }
}
