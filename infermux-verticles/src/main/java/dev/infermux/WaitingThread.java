package dev.infermux;

import io.vertx.core.Context;

/** Tells whether the current thread may wait. */
final class WaitingThread {

  private WaitingThread() {}

  /** Fails on an event loop, which would wait for itself. */
  static void check() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(
          "a blocking call on the event loop "
              + Thread.currentThread().getName()
              + " (expected: another thread, or the futures of InferMux)");
    }
  }
}
