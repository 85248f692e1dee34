package dev.infermux.policy.circuit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a circuit's state.
 *
 * @param recoveryAt when an open circuit becomes half-open; null for the other states
 */
public record CircuitChange(
    String provider,
    CircuitState from,
    CircuitState to,
    CircuitReason reason,
    @Nullable Instant recoveryAt) {}
