package dev.infermux.operations;

import java.util.concurrent.atomic.AtomicReference;

/** Where the gateway is between its start and its end. Thread-safe; it only ever goes forward. */
public final class Lifecycle {

  /** The phases in their order, as readiness reports them. */
  enum Phase {
    STARTING,
    SERVING,
    DRAINING
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

  /** All cells have started. */
  public void started() {
    phase.compareAndSet(Phase.STARTING, Phase.SERVING);
  }

  /** No new calls are wanted. */
  public void stopping() {
    phase.set(Phase.DRAINING);
  }

  Phase phase() {
    return java.util.Objects.requireNonNull(phase.get());
  }
}
