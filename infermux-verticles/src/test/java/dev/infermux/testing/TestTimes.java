package dev.infermux.testing;

import dev.infermux.time.Time;
import java.time.InstantSource;

/** Times for tests of what starts no timers. */
public final class TestTimes {

  private TestTimes() {}

  /** The machine's ticker, and this time of day. */
  public static Time at(InstantSource clock) {
    return new Time(
        System::nanoTime,
        clock,
        (delay, task) -> {
          throw new AssertionError("a timer was started");
        });
  }
}
