package dev.infermux.tokentrace.record;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Spans that were sent and may be written anew, on their way from the one thread that gives them
 * back to the one that encodes. Neither waits for the other.
 */
final class SpareSpans {

  /** A power of two; beyond it they are left to the collector. */
  static final int MOST = 4096;

  private final AtomicReferenceArray<@Nullable EncodedSpan> places =
      new AtomicReferenceArray<>(MOST);

  /** The encoding thread's own. */
  private int taken;

  /** The giving thread's own. */
  private int given;

  @Nullable EncodedSpan take() {
    int at = taken & MOST - 1;
    EncodedSpan span = places.getAcquire(at);
    if (span != null) {
      places.setRelease(at, null);
      taken++;
    }
    return span;
  }

  void give(EncodedSpan span) {
    int at = given & MOST - 1;
    if (places.getAcquire(at) == null) {
      places.setRelease(at, span);
      given++;
    }
  }
}
