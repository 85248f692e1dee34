package dev.infermux.time;

import java.time.Duration;

/** Runs tasks later. Safe on any thread. */
public interface Timers {
  /**
   * Runs a task once, in whole milliseconds and after one at least, on the event loop that asks; a
   * timer that a verticle has started ends with it.
   */
  Timer start(Duration delay, Runnable task);
}
