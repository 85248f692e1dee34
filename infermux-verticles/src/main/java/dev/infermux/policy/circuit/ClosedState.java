package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * Admits every attempt and counts every outcome. The permit of all attempts is the state itself,
 * for it has nothing else to remember.
 */
final class ClosedState implements BreakerState, Permit {

  private final CircuitBreaker circuit;
  private final OutcomeWindow window;

  ClosedState(CircuitBreaker circuit, OutcomeWindow window) {
    this.circuit = circuit;
    this.window = window;
  }

  @Override
  public CircuitState state() {
    return CircuitState.CLOSED;
  }

  @Override
  public @Nullable Exclusion exclusion() {
    return null;
  }

  @Override
  public Permit enter() {
    return this;
  }

  @Override
  public CircuitView view(long nowNanos) {
    return window.view(nowNanos, CircuitState.CLOSED, null, null);
  }

  @Override
  public boolean probe() {
    return false;
  }

  @Override
  public void begun(long latencyNanos) {
    // Only its end makes a sample.
  }

  @Override
  public void succeeded(long latencyNanos) {
    if (circuit.isIn(this)) {
      act(window.succeeded(circuit.nanoTime(), latencyNanos));
    }
  }

  @Override
  public void failed() {
    if (circuit.isIn(this)) {
      act(window.failed(circuit.nanoTime()));
    }
  }

  @Override
  public void ignored() {
    // It says nothing about the provider.
  }

  OutcomeWindow window() {
    return window;
  }

  private void act(@Nullable CircuitReason reasonToOpen) {
    if (reasonToOpen != null) {
      circuit.trip(this, reasonToOpen);
    }
  }
}
