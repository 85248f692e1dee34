package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import org.jspecify.annotations.Nullable;

/** One uninterrupted stay of a circuit in one state. Its results count only while it is current. */
sealed interface BreakerState permits ClosedState, OpenState, HalfOpenState {

  CircuitState state();

  @Nullable Exclusion exclusion();

  @Nullable Permit enter();

  CircuitView view(long nowNanos);
}
