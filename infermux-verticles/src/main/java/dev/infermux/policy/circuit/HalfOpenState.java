package dev.infermux.policy.circuit;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.HalfOpenTimer.ProbeResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Admits one attempt, the probe. An ignored probe leads to a new state of this kind. */
final class HalfOpenState implements BreakerState {

  private final CircuitBreaker circuit;
  private final HalfOpenTimer timer;
  private final OutcomeWindow window;
  private final Instant openedAt;

  /** The one that was admitted. */
  private volatile @Nullable ProbePermit probe;

  HalfOpenState(
      CircuitBreaker circuit, HalfOpenTimer timer, OutcomeWindow window, Instant openedAt) {
    this.circuit = circuit;
    this.timer = timer;
    this.window = window;
    this.openedAt = openedAt;
  }

  /** The same stay with the next wait, after which another probe is admitted. */
  HalfOpenState with(HalfOpenTimer next) {
    return new HalfOpenState(circuit, next, window, openedAt);
  }

  @Override
  public CircuitState state() {
    return CircuitState.HALF_OPEN;
  }

  @Override
  public @Nullable Exclusion exclusion() {
    return probe == null ? null : Exclusion.PROBE_RUNNING;
  }

  @Override
  public @Nullable Permit enter() {
    if (probe != null || !timer.admit(this::admit, this::judged)) {
      return null;
    }
    ProbePermit admitted = probe;
    if (admitted != null && !circuit.isIn(this)) {
      admitted.ignored();
      return null;
    }
    return admitted;
  }

  @Override
  public CircuitView view(long nowNanos) {
    return window.view(nowNanos, CircuitState.HALF_OPEN, openedAt, null);
  }

  OutcomeWindow window() {
    return window;
  }

  Instant openedAt() {
    return openedAt;
  }

  @Nullable ProbePermit probe() {
    return probe;
  }

  private void admit(ProbeResult end) {
    probe = new ProbePermit(circuit, end);
  }

  private void judged(boolean succeeded) {
    circuit.judge(this, succeeded);
  }
}
