package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Admits no attempt until the wait is over.
 *
 * @param window the outcomes that led here, for views
 */
record OpenState(HalfOpenTimer recovery, OutcomeWindow window, Instant openedAt, Instant recoveryAt)
    implements BreakerState {

  @Override
  public CircuitState state() {
    return CircuitState.OPEN;
  }

  @Override
  public Exclusion exclusion() {
    return Exclusion.CIRCUIT_OPEN;
  }

  @Override
  public @Nullable Permit enter() {
    return null;
  }

  @Override
  public CircuitView view(long nowNanos) {
    return window.view(nowNanos, CircuitState.OPEN, openedAt, recoveryAt);
  }
}
