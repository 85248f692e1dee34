package dev.infermux.policy.routing.selection;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many calls a group has had, and at which of them each candidate was asked last. */
final class CallCounts {

  /** A candidate that was passed over for so many calls is measured anew. */
  private static final long MOST_PASSED_OVER = 100;

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLongArray asked;

  CallCounts(int candidates) {
    asked = new AtomicLongArray(candidates);
  }

  boolean overdue(int candidate) {
    return calls.get() - asked.get(candidate) >= MOST_PASSED_OVER;
  }

  /** One more call, for this candidate. */
  void asked(int candidate) {
    asked.set(candidate, calls.incrementAndGet());
  }
}
