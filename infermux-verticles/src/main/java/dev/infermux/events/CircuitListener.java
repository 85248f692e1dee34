package dev.infermux.events;

import dev.infermux.policy.circuit.CircuitState;

/**
 * Is told of each change of a provider's circuit before any call meets the new state, on the thread
 * that changed it; it must be quick.
 */
@FunctionalInterface
public interface CircuitListener {
  void changed(String provider, CircuitState from, CircuitState to);
}
