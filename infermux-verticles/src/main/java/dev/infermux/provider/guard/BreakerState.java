package dev.infermux.provider.guard;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.circuit.CircuitView;
import org.jspecify.annotations.Nullable;

/** One uninterrupted stay of a circuit in one state. Its results count only while it is current. */
sealed interface BreakerState permits ClosedState, OpenState, HalfOpenState {

  CircuitState state();

  @Nullable Exclusion exclusion();

  @Nullable Permit enter();

  CircuitView view(long nowNanos);
}
