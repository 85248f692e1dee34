package dev.infermux.benchmarks.net;

import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes a selector at a moment of {@link System#nanoTime()}.
 *
 * <p>{@link Selector#select(long)} counts in milliseconds, which is too coarse to send 500 requests
 * a second evenly; a parked thread wakes within the kernel's timer slack, about 50 µs.
 */
public final class LoopTimer implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final Thread thread;
  private volatile long due = NEVER;
  private volatile boolean closed;

  public LoopTimer(Selector selector) {
    this.selector = selector;
    this.thread = new Thread(this::watch, "alarm");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Called by the selector's own thread; a moment later than the one already set changes nothing.
   */
  public void set(long nanos) {
    if (nanos < due) {
      due = nanos;
      LockSupport.unpark(thread);
    }
  }

  /**
   * A moment set while this thread wakes the selector may be lost: the woken loop sets its next one
   * anyway.
   */
  private void watch() {
    while (!closed) {
      long at = due;
      long wait = at - System.nanoTime();
      if (at == NEVER) {
        LockSupport.park(this);
      } else if (wait > 0) {
        LockSupport.parkNanos(this, wait);
      } else {
        due = NEVER;
        selector.wakeup();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
