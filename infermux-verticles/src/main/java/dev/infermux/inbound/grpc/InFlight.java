package dev.infermux.inbound.grpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls being served. Safe on any thread. */
final class InFlight {

  private final AtomicInteger calls = new AtomicInteger();
  private final List<Runnable> waiting = new CopyOnWriteArrayList<>();

  void begin() {
    calls.incrementAndGet();
  }

  void end() {
    if (calls.decrementAndGet() == 0) {
      waiting.forEach(Runnable::run);
    }
  }

  /** Runs a task as often as there is no call any more; at once when there is none. */
  void whenIdle(Runnable task) {
    waiting.add(task);
    if (calls.get() == 0) {
      task.run();
    }
  }
}
