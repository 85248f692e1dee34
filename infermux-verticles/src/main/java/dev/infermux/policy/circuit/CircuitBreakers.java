package dev.infermux.policy.circuit;

import dev.infermux.time.Ticker;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Makes circuits, and holds what all of them need. */
public final class CircuitBreakers {

  private final HalfOpenTimers timers;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Consumer<CircuitChange> onChange;

  /**
   * Takes what all circuits need.
   *
   * @param timers ends the waits of open circuits
   * @param onChange takes each change of a circuit in order, one at a time, before the first call
   *     meets the new state; on whichever thread brought the change about, so it must be quick
   */
  public CircuitBreakers(
      HalfOpenTimers timers, Ticker ticker, InstantSource clock, Consumer<CircuitChange> onChange) {
    this.timers = timers;
    this.ticker = ticker;
    this.clock = clock;
    this.onChange = onChange;
  }

  /** A closed circuit for all models of a provider. */
  public CircuitBreaker circuit(String provider, CircuitOptions options) {
    return circuit(provider, "", options);
  }

  /** A closed circuit for one model of a provider. */
  CircuitBreaker circuit(String provider, String model, CircuitOptions options) {
    return new CircuitBreaker(this, provider, model, options);
  }

  HalfOpenTimers timers() {
    return timers;
  }

  Ticker ticker() {
    return ticker;
  }

  InstantSource clock() {
    return clock;
  }

  Consumer<CircuitChange> onChange() {
    return onChange;
  }
}
