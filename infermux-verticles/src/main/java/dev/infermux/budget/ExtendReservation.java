package dev.infermux.budget;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.Reservation;
import java.util.List;

/**
 * Settles what failed attempts of a call cost, and asks whether its reservation still covers
 * another attempt.
 *
 * @param costs of attempts that were not settled before
 * @param need the most that the next attempt can cost
 */
record ExtendReservation(Reservation reservation, List<CostEntry> costs, Usd need)
    implements LocalPayload {

  ExtendReservation {
    costs = List.copyOf(costs);
  }

  /** The reply. */
  record Extended(boolean fits) implements LocalPayload {}
}
