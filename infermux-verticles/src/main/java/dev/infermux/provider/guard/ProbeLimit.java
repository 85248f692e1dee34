package dev.infermux.provider.guard;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.time.Timer;
import io.vertx.core.Future;
import java.time.Duration;

/** Ends a probe that has no answer in its time. Used on the attempt's event loop. */
final class ProbeLimit {

  private final String provider;
  private final Duration limit;
  private final Attempt attempt;
  private final Timer timer;
  private boolean passed;

  private ProbeLimit(GuardTerms terms, Attempt attempt) {
    this.provider = terms.state().provider();
    this.limit = terms.options().probeTimeout();
    Cancellation own = attempt.cancellation().child();
    this.attempt = attempt.withCancellation(own);
    this.timer =
        terms
            .time()
            .timers()
            .start(
                limit,
                () -> {
                  passed = true;
                  own.cancel();
                });
  }

  static ProbeLimit start(GuardTerms terms, Attempt attempt) {
    return new ProbeLimit(terms, attempt);
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
    timer.cancel();
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
