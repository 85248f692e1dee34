package dev.infermux.budget;

import dev.infermux.ledger.Reservations;
import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;

/**
 * The reply to a {@link ReserveBudget}.
 *
 * @param ledger whose reservation it may have
 */
record BudgetReserved(BudgetVerdict verdict, Reservations ledger) implements LocalPayload {

  @Override
  public void undelivered() {
    Reservation reservation = verdict.reservation();
    if (reservation != null) {
      ledger.release(reservation);
    }
  }
}
