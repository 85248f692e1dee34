package dev.infermux.policy.routing.selection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose turn was the last.
 *
 * <p>The next turn is that of the first eligible one after it. A provider that stays eligible is
 * therefore not passed over: of two such providers neither gets a second turn before the other has
 * had one, whichever others come, go or are being tried meanwhile. Safe on any thread.
 */
final class RoundRobinCursor {

  private final AtomicInteger last = new AtomicInteger(-1);
  private final CallCounts counts;

  RoundRobinCursor(int candidates) {
    counts = new CallCounts(candidates);
  }

  CallCounts counts() {
    return counts;
  }

  int last() {
    return last.get();
  }

  /** Gives the turn away; false when another thread was faster. */
  boolean turn(int from, int to) {
    return from == to || last.compareAndSet(from, to);
  }
}
