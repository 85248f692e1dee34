package dev.infermux.provider.guard;

import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitOptions;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Makes circuits, and holds what all of them need. */
public final class CircuitBreakers {

  private final CircuitVertx vertx;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Consumer<CircuitChange> onChange;

  /**
   * Takes what all circuits need.
   *
   * @param vertx gives them timers, on a context of their own
   * @param nanoTime as {@link System#nanoTime}
   * @param onChange is told each change of a circuit in order, one at a time, before the first call
   *     meets the new state; on whichever thread brought the change about, so it must be quick
   */
  public CircuitBreakers(
      Vertx vertx, LongSupplier nanoTime, InstantSource clock, Consumer<CircuitChange> onChange) {
    this.vertx = new CircuitVertx(vertx);
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.onChange = onChange;
  }

  /** A closed circuit. */
  public CircuitBreaker circuit(String provider, CircuitOptions options) {
    return new CircuitBreaker(this, provider, options);
  }

  CircuitVertx vertx() {
    return vertx;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  InstantSource clock() {
    return clock;
  }

  Consumer<CircuitChange> onChange() {
    return onChange;
  }
}
