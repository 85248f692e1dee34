package dev.infermux.events;

import dev.infermux.policy.circuit.CircuitState;

/**
 * Observes each change of a provider's circuit breaker, before any call sees the new state, on the
 * thread that changed it; it must be quick.
 */
@FunctionalInterface
public interface CircuitListener {
  void changed(String provider, CircuitState from, CircuitState to);
}
