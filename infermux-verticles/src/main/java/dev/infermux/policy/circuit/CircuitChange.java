package dev.infermux.policy.circuit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a circuit's state.
 *
 * @param model whose circuit it is; empty where the provider has one for all its models
 * @param recoveryAt when an open circuit becomes half-open; null for the other states
 */
public record CircuitChange(
    String provider,
    String model,
    CircuitState from,
    CircuitState to,
    CircuitReason reason,
    @Nullable Instant recoveryAt) {

  /** One of the circuit that a provider has for all its models. */
  public CircuitChange(
      String provider,
      CircuitState from,
      CircuitState to,
      CircuitReason reason,
      @Nullable Instant recoveryAt) {
    this(provider, "", from, to, reason, recoveryAt);
  }
}
