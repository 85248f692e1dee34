package dev.infermux.cluster.lease;

import dev.infermux.time.Timer;
import org.jspecify.annotations.Nullable;

/** A claim in the queue of its lease. */
final class WaitingClaim {

  final Claim claim;

  /** What is asked of the store for it. */
  long need;

  int rounds;
  @Nullable Timer limit;

  WaitingClaim(Claim claim, long need) {
    this.claim = claim;
    this.need = need;
  }

  void stopWaiting() {
    Timer timer = limit;
    if (timer != null) {
      timer.cancel();
    }
  }
}
