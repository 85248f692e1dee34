package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import java.util.List;
import java.util.Map;

/**
 * What an earlier process left behind.
 *
 * @param lastSequence the highest that was used
 * @param settled by caller, of the current month
 * @param unsettled what was reserved and never settled, of any month; it counts as spent
 * @param holders of leases that have ended
 */
public record RecoveredState(
    long lastSequence,
    Map<String, Usd> settled,
    List<RecoveredReservation> unsettled,
    List<RecoveredHolder> holders) {

  public RecoveredState {
    settled = Map.copyOf(settled);
    unsettled = List.copyOf(unsettled);
    holders = List.copyOf(holders);
  }
}
