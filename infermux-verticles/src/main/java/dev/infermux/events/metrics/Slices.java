package dev.infermux.events.metrics;

import dev.infermux.time.Ticker;

/**
 * Cuts long work on a worker thread into slices: an event loop that waits for the same CPU gets it
 * in between.
 */
final class Slices {

  static final long SLICE_NANOS = 20_000;

  /** For work that is cut elsewhere. */
  static final Slices NONE = new Slices(() -> 0, () -> {});

  private final Ticker ticker;
  private final Runnable pause;
  private long begun;

  Slices(Ticker ticker, Runnable pause) {
    this.ticker = ticker;
    this.pause = pause;
    this.begun = ticker.nanos();
  }

  /** Called between two pieces of the work. */
  void next() {
    if (ticker.nanos() - begun >= SLICE_NANOS) {
      pause.run();
      begun = ticker.nanos();
    }
  }
}
