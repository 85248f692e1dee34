package dev.infermux.pipeline;

import java.time.Duration;

/** Bounds how many refusals of one cell are traced; only its event loop touches it. */
final class TracedRefusals {

  static final int MOST = 100;
  static final Duration WINDOW = Duration.ofSeconds(10);

  private long since = Long.MIN_VALUE;
  private int passed;

  /** Whether one more is traced at this time, of a clock that only goes on. */
  boolean pass(long nanos) {
    if (passed == 0 || nanos - since >= WINDOW.toNanos()) {
      since = nanos;
      passed = 0;
    }
    return passed < MOST && ++passed > 0;
  }
}
