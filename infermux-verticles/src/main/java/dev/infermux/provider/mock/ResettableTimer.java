package dev.infermux.provider.mock;

import dev.infermux.time.Timer;
import dev.infermux.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One timer that can be set again. Used on one event loop only. */
final class ResettableTimer {

  private final Timers timers;
  private @Nullable Timer timer;

  ResettableTimer(Timers timers) {
    this.timers = timers;
  }

  /** Rings after this time, instead of whenever it would have. */
  void set(Duration after, Runnable ring) {
    stop();
    timer =
        timers.start(
            after,
            () -> {
              timer = null;
              ring.run();
            });
  }

  boolean isSet() {
    return timer != null;
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
