package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.StopReason;

/** A call that waits for money. */
interface Claim {

  /** Takes what it waits for, if it is there now. */
  boolean taken();

  /**
   * What it would reserve if there were so much room; -1 when it would not go then. The less there
   * is, the less a call may be content with.
   */
  long wish(long room);

  /** Takes what there is, or is refused. */
  void giveUp(StopReason reason);
}
