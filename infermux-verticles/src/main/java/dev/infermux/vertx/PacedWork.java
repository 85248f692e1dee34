package dev.infermux.vertx;

import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work of one event loop that nobody waits for. It is done at once, until so much of it comes
 * together that the loop would be kept from the rest; then bit by bit, in the order in which it
 * came. Used on the event loop only.
 */
final class PacedWork {

  private static final Logger LOG = LoggerFactory.getLogger(PacedWork.class);

  /** So much of a span the work may take. */
  private static final long SHARE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ContextInternal context;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private long spanBegan = System.nanoTime();
  private long spentNanos;

  PacedWork(ContextInternal context) {
    this.context = context;
  }

  /** Does it now, or soon. */
  void add(Runnable task) {
    if (waiting.isEmpty() && spare()) {
      run(task);
      return;
    }
    waiting.add(task);
    if (waiting.size() == 1) {
      later();
    }
  }

  /** Does all that waits now. */
  void finish() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      run(next);
    }
  }

  /** A timer, and no task: between two of those the loop does not look at its sockets. */
  private void later() {
    context
        .nettyEventLoop()
        .schedule(
            () -> context.dispatch(this::some), SPAN_NANOS - SHARE_NANOS, TimeUnit.NANOSECONDS);
  }

  private void some() {
    while (!waiting.isEmpty() && spare()) {
      run(waiting.remove());
    }
    if (!waiting.isEmpty()) {
      later();
    }
  }

  private boolean spare() {
    long now = System.nanoTime();
    if (now - spanBegan >= SPAN_NANOS) {
      spanBegan = now;
      spentNanos = 0;
    }
    return spentNanos < SHARE_NANOS;
  }

  private void run(Runnable task) {
    long begun = System.nanoTime();
    try {
      task.run();
    } catch (Throwable bug) {
      LOG.error("a bug in work that nobody waits for", bug);
    }
    spentNanos += System.nanoTime() - begun;
  }
}
