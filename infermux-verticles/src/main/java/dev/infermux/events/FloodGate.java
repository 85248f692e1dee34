package dev.infermux.events;

import dev.infermux.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/**
 * Keeps what anybody can cause as often as they like from filling the log: in each window the first
 * ones pass, and those beyond are only counted by kind and told in sum at its end. Thread-safe.
 */
final class FloodGate {

  static final int MOST = 200;
  static final Duration WINDOW = Duration.ofSeconds(10);

  private final Timers timers;
  private final ObjLongConsumer<Map<String, Long>> summary;
  private final Map<String, Long> beyond = new TreeMap<>();
  private int passed;
  private boolean open;

  /** The summary gets the counts by kind and their sum, where there were any. */
  FloodGate(Timers timers, ObjLongConsumer<Map<String, Long>> summary) {
    this.timers = timers;
    this.summary = summary;
  }

  /** Whether this one passes; its kind must be one of few. */
  synchronized boolean passes(String kind) {
    if (!open) {
      open = true;
      timers.start(WINDOW, this::close);
    }
    if (passed < MOST) {
      passed++;
      return true;
    }
    beyond.merge(kind, 1L, Long::sum);
    return false;
  }

  private void close() {
    Map<String, Long> counts;
    synchronized (this) {
      open = false;
      passed = 0;
      counts = Map.copyOf(beyond);
      beyond.clear();
    }
    if (!counts.isEmpty()) {
      summary.accept(
          new TreeMap<>(counts), counts.values().stream().mapToLong(Long::longValue).sum());
    }
  }
}
