package dev.infermux.time;

/** A clock that only goes forward, for measuring; its zero means nothing. Safe on any thread. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds, as {@link System#nanoTime} counts them. */
  long nanos();
}
