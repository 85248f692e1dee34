package dev.infermux.provider.guard;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Ends a probe that has no answer in its time. Used on the attempt's event loop. */
final class ProbeLimit {

  private final Vertx vertx;
  private final String provider;
  private final Duration limit;
  private final Attempt attempt;
  private final long timer;
  private boolean passed;

  private ProbeLimit(Vertx vertx, Attempt attempt, String provider, Duration limit) {
    this.vertx = vertx;
    this.provider = provider;
    this.limit = limit;
    Cancellation own = attempt.cancellation().child();
    this.attempt = attempt.withCancellation(own);
    this.timer =
        vertx.setTimer(
            Math.max(1, limit.toMillis()),
            due -> {
              passed = true;
              own.cancel();
            });
  }

  static ProbeLimit start(Vertx vertx, Attempt attempt, String provider, Duration limit) {
    return new ProbeLimit(vertx, attempt, provider, limit);
  }

  /** The same attempt, under this limit. */
  Attempt attempt() {
    return attempt;
  }

  /** What the attempt's failure is: a silence when it was this limit that ended it. */
  Future<Answer> failed(Throwable cause) {
    return Future.failedFuture(passed ? silence() : cause);
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  private InferenceException silence() {
    return new InferenceException(
        new Failure.UpstreamTimeout(
            "provider \""
                + provider
                + "\" did not answer the probe of its half-open circuit within "
                + limit.toMillis()
                + " ms"));
  }
}
