package dev.infermux.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * What a component takes time from. Safe on any thread.
 *
 * @param ticker measures
 * @param clock tells the time of day
 * @param timers runs tasks later
 */
public record Time(Ticker ticker, InstantSource clock, Timers timers) {

  /** Nanoseconds of the monotonic clock. */
  public long nanos() {
    return ticker.nanos();
  }

  /** Nanoseconds since the Unix epoch, as calls, events and spans carry the time of day. */
  public long epochNanos() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
