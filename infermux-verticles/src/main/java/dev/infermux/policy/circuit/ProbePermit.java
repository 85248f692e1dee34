package dev.infermux.policy.circuit;

import dev.infermux.policy.circuit.HalfOpenTimer.ProbeResult;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Permission for the one attempt that a half-open circuit admits. Once its answer has begun the
 * verdict is out, and its end is an outcome like any other of the closed state that follows.
 */
final class ProbePermit implements Permit {

  private enum Stage {
    RUNNING,
    BEGUN,
    ENDED,
    IGNORED
  }

  private final CircuitBreaker circuit;
  private final ProbeResult result;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);

  /** The state that this probe's success began. Touched in the circuit's transitions only. */
  private @Nullable ClosedState next;

  /** How it ended, when that was before the verdict. Touched in the circuit's transitions only. */
  private @Nullable Consumer<Permit> early;

  ProbePermit(CircuitBreaker circuit, ProbeResult result) {
    this.circuit = circuit;
    this.result = result;
  }

  @Override
  public boolean probe() {
    return true;
  }

  @Override
  public void begun(long latencyNanos) {
    if (stage.compareAndSet(Stage.RUNNING, Stage.BEGUN)) {
      result.succeeded();
    }
  }

  @Override
  public void succeeded(long latencyNanos) {
    if (stage.compareAndSet(Stage.RUNNING, Stage.ENDED)) {
      result.succeeded();
    } else {
      endAfterBegun(permit -> permit.succeeded(latencyNanos));
    }
  }

  @Override
  public void failed() {
    if (stage.compareAndSet(Stage.RUNNING, Stage.ENDED)) {
      result.failed("the probe failed");
    } else {
      endAfterBegun(Permit::failed);
    }
  }

  @Override
  public void ignored() {
    if (stage.compareAndSet(Stage.RUNNING, Stage.IGNORED)) {
      result.failed("the probe was ignored");
    } else {
      endAfterBegun(Permit::ignored);
    }
  }

  boolean wasIgnored() {
    return stage.get() == Stage.IGNORED;
  }

  /** The circuit closed because this probe succeeded. */
  void followedBy(ClosedState closed) {
    next = closed;
    if (early != null) {
      early.accept(closed);
    }
  }

  private void endAfterBegun(Consumer<Permit> ending) {
    if (!stage.compareAndSet(Stage.BEGUN, Stage.ENDED)) {
      return;
    }
    circuit.inTurn(
        () -> {
          if (next == null) {
            early = ending;
          } else {
            ending.accept(next);
          }
        });
  }
}
