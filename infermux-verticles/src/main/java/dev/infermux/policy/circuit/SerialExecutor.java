package dev.infermux.policy.circuit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time in the order they came, without a lock: a thread that finds it idle runs
 * what there is. A task that another one hands in, on the same thread or elsewhere, runs after it.
 */
final class SerialExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Runs a task now, or after those that came before it. What it throws is logged. */
  void run(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() > 0) {
      return;
    }
    do {
      safely(tasks.remove());
    } while (waiting.decrementAndGet() > 0);
  }

  private static void safely(Runnable task) {
    try {
      task.run();
    } catch (Throwable thrown) {
      LOG.error("a task failed", thrown);
    }
  }
}
