package dev.infermux.vertx;

import dev.infermux.policy.circuit.HalfOpenTimer;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A Vert.x circuit breaker, used for one wait: its timer ends the wait, its {@code execute} admits
 * the probe, and its timeout bounds it. A breaker in its second life keeps timers and results of
 * the first, so a circuit takes a new one for each wait and no longer listens to the old.
 *
 * @param breaker open, or half-open once the wait is over
 */
record BreakerTimer(CircuitBreaker breaker) implements HalfOpenTimer {

  @Override
  public boolean admit(Consumer<ProbeResult> probe, Consumer<Boolean> verdict) {
    AtomicBoolean admitted = new AtomicBoolean();
    Future<Void> result =
        breaker.execute(
            () -> {
              admitted.set(true);
              Promise<Void> end = Promise.promise();
              probe.accept(new PromisedResult(end));
              return end.future();
            });
    if (admitted.get()) {
      result.onComplete(ended -> verdict.accept(ended.succeeded()));
    }
    return admitted.get();
  }

  private record PromisedResult(Promise<Void> end) implements ProbeResult {
    @Override
    public void succeeded() {
      end.complete();
    }

    @Override
    public void failed(String reason) {
      end.fail(reason);
    }
  }
}
