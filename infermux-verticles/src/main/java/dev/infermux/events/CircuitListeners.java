package dev.infermux.events;

import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.spi.Subscription;
import java.util.function.Consumer;

/**
 * The listeners of circuit breakers, called in the order in which they were added. One that throws
 * is logged and ignored. Thread-safe.
 */
public final class CircuitListeners implements Consumer<CircuitChange> {

  private final Listeners<CircuitListener> listeners = new Listeners<>("circuit listener");

  /** Adds a listener after those that are there; the handle takes it out again. */
  public Subscription add(CircuitListener listener) {
    return listeners.add(listener);
  }

  @Override
  public void accept(CircuitChange change) {
    listeners.tell(listener -> listener.changed(change.provider(), change.from(), change.to()));
  }
}
