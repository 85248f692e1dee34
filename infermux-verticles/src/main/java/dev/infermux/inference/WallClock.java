package dev.infermux.inference;

import java.time.Instant;

/** The time of day as calls, events and spans carry it. */
public final class WallClock {

  private WallClock() {}

  /** Nanoseconds since the Unix epoch. */
  public static long epochNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
