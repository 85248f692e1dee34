package dev.infermux.pipeline;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import dev.infermux.vertx.Contexts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between two attempts; completes early when the call is cancelled. */
final class Backoff {

  private final Vertx vertx;
  private final Time time;
  private final RandomGenerator random;

  Backoff(Vertx vertx, Time time, RandomGenerator random) {
    this.vertx = vertx;
    this.time = time;
    this.random = random;
  }

  /** A random number from 0 to 1, by which a pause is spread. */
  double jitter() {
    return random.nextDouble();
  }

  /** Whether a pause ends before a deadline. */
  boolean fits(Duration pause, long deadlineNanos) {
    return deadlineNanos - time.nanos() > pause.toNanos();
  }

  /** Completes on the current context after the pause; fails at once when cancelled. */
  Future<Void> await(Duration pause, Cancellation cancellation) {
    Promise<Void> over = Contexts.promise(vertx);
    Timer timer = time.timers().start(pause, over::tryComplete);
    Registration registration =
        cancellation.onCancel(
            () -> {
              timer.cancel();
              over.tryFail(left());
            });
    return over.future().onComplete(ended -> registration.remove());
  }

  /** What ends a call whose caller has left after a failed attempt and before another. */
  static InferenceException left() {
    return new InferenceException(new Failure.Cancelled("the caller left between two attempts"));
  }
}
