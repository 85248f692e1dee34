package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.ReservationRequest;

/** Asks what a {@link ReserveBudget} would get, and reserves nothing. */
public record PreviewReservation(ReservationRequest request) implements LocalPayload {

  /**
   * The reply.
   *
   * @param verdict its reservation cannot be settled
   */
  public record Previewed(BudgetVerdict verdict, AccountView account) implements LocalPayload {}
}
