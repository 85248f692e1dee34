package dev.infermux.provider.guard;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One wait of an open circuit and the one probe after it: a Vert.x circuit breaker, used once.
 *
 * <p>The breaker's timer ends the wait, its {@code execute} admits the probe, and its timeout
 * bounds it. A breaker in its second life keeps timers and results of the first, so a circuit takes
 * a new one for each wait and no longer listens to the old.
 */
final class HalfOpenTimer {

  private final CircuitBreaker breaker;

  private HalfOpenTimer(CircuitBreaker breaker) {
    this.breaker = breaker;
  }

  /**
   * Begins to wait.
   *
   * @param waited told when the wait is over, later and with no lock held
   */
  static HalfOpenTimer begin(
      CircuitVertx vertx,
      String provider,
      Duration wait,
      Duration probeTimeout,
      Consumer<HalfOpenTimer> waited) {
    CircuitBreakerOptions options =
        new CircuitBreakerOptions()
            .setMaxFailures(Integer.MAX_VALUE)
            .setResetTimeout(Math.max(1, wait.toMillis()))
            .setTimeout(Math.max(1, probeTimeout.toMillis()));
    HalfOpenTimer timer = new HalfOpenTimer(CircuitBreaker.create(provider, vertx, options));
    // The breaker calls its handlers under its lock.
    timer.breaker.halfOpenHandler(
        halfOpen -> vertx.getOrCreateContext().runOnContext(later -> waited.accept(timer)));
    timer.breaker.open();
    return timer;
  }

  /**
   * Asks for the probe; false when it is taken or the wait not over.
   *
   * @param probe given what the probe's end completes, before its time begins to run
   * @param verdict told how the probe ended, later and with no lock held; it fails when the probe
   *     failed or took too long
   */
  boolean admit(Consumer<Promise<Void>> probe, Handler<AsyncResult<Void>> verdict) {
    AtomicBoolean admitted = new AtomicBoolean();
    Future<Void> result =
        breaker.execute(
            () -> {
              admitted.set(true);
              Promise<Void> end = Promise.promise();
              probe.accept(end);
              return end.future();
            });
    if (admitted.get()) {
      result.onComplete(verdict);
    }
    return admitted.get();
  }
}
