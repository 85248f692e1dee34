package dev.infermux.vertx;

import dev.infermux.policy.circuit.HalfOpenTimer;
import dev.infermux.policy.circuit.HalfOpenTimers;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;

/** Begins the wait of an open circuit as a Vert.x circuit breaker. Safe on any thread. */
public final class CircuitTimers implements HalfOpenTimers {

  private final CircuitVertx vertx;

  /** Takes the Vert.x that gives breakers their timers, on a context of their own. */
  public CircuitTimers(Vertx vertx) {
    this.vertx = new CircuitVertx(vertx);
  }

  @Override
  public HalfOpenTimer begin(
      String provider, Duration wait, Duration probeTimeout, Consumer<HalfOpenTimer> waited) {
    CircuitBreakerOptions options =
        new CircuitBreakerOptions()
            .setMaxFailures(Integer.MAX_VALUE)
            .setResetTimeout(Math.max(1, wait.toMillis()))
            .setTimeout(Math.max(1, probeTimeout.toMillis()));
    CircuitBreaker breaker = CircuitBreaker.create(provider, vertx, options);
    HalfOpenTimer timer = new BreakerTimer(breaker);
    // The breaker calls its handlers under its lock.
    breaker.halfOpenHandler(
        halfOpen -> vertx.getOrCreateContext().runOnContext(later -> waited.accept(timer)));
    breaker.open();
    return timer;
  }
}
