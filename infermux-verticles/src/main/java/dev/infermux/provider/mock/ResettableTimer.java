package dev.infermux.provider.mock;

import io.vertx.core.Vertx;
import java.time.Duration;

/** One timer that can be set again. Used on one event loop only. */
final class ResettableTimer {

  private static final long OFF = -1;

  private final Vertx vertx;
  private long timer = OFF;

  ResettableTimer(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Rings after this time, instead of whenever it would have. */
  void set(Duration after, Runnable ring) {
    stop();
    timer =
        vertx.setTimer(
            Math.max(1, after.toMillis()),
            id -> {
              timer = OFF;
              ring.run();
            });
  }

  boolean isSet() {
    return timer != OFF;
  }

  void stop() {
    if (timer != OFF) {
      vertx.cancelTimer(timer);
      timer = OFF;
    }
  }
}
