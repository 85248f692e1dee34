package dev.infermux.benchmarks.load;

/** When the next request is sent. */
public sealed interface Pace {

  /** Every connection sends as soon as its last answer is in: what the target can do. */
  record Closed() implements Pace {}

  /**
   * Requests fall due at a fixed rate independent of the answers: the wait a caller would see.
   *
   * <p>A request that finds no free connection counts from the moment it was due, so a slow target
   * cannot hide its queue.
   */
  record Open(double perSecond) implements Pace {}

  /** Every connection opens one stream and keeps it; at the end all hang up at once. */
  record Hold(double openedPerSecond) implements Pace {}
}
