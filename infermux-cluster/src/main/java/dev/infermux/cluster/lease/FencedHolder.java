package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.LeaseStore.Total;
import java.util.List;
import java.util.UUID;

/** A holder that somebody else has ended, while calls that it admitted are still under way. */
record FencedHolder(UUID holder, List<LeaseState> leases) {

  /** Whether all its calls have ended, so that what it spent is known. */
  boolean finished() {
    return leases.stream().allMatch(lease -> lease.account.heldNanos() == 0);
  }

  List<Total> totals() {
    return totals(leases);
  }

  static List<Total> totals(List<LeaseState> leases) {
    return leases.stream()
        .map(
            lease ->
                new Total(
                    lease.account.caller(),
                    lease.account.month(),
                    lease.account.limitNanos(),
                    lease.account.spentNanos()))
        .toList();
  }
}
