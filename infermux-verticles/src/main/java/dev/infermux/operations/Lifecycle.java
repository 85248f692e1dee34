package dev.infermux.operations;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Where the gateway is between its start and its end. Thread-safe; it only ever goes forward. */
public final class Lifecycle {

  /** The phases in their order, as readiness reports them. */
  enum Phase {
    STARTING,
    SERVING,
    DRAINING
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
  private final List<Supplier<String>> obstacles = new CopyOnWriteArrayList<>();
  private final List<Runnable> farewells = new CopyOnWriteArrayList<>();

  /** All cells have started. */
  public void started() {
    phase.compareAndSet(Phase.STARTING, Phase.SERVING);
  }

  /** No calls are wanted before there is no obstacle any more; the text says which there is. */
  public void waitFor(Supplier<String> obstacle) {
    obstacles.add(obstacle);
  }

  String obstacle() {
    return obstacles.stream()
        .map(Supplier::get)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** No new calls are wanted. */
  public void stopping() {
    if (phase.getAndSet(Phase.DRAINING) != Phase.DRAINING) {
      farewells.forEach(Runnable::run);
    }
  }

  /** Has something done as soon as no new calls are wanted, once. */
  void onStopping(Runnable farewell) {
    farewells.add(farewell);
  }

  Phase phase() {
    return java.util.Objects.requireNonNull(phase.get());
  }
}
