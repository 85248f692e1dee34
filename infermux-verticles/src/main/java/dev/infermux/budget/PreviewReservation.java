package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.ReservationRequest;

/**
 * Asks what a {@link ReserveBudget} would get, and sets nothing aside. Never leaves the process.
 */
public record PreviewReservation(ReservationRequest request) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().text("caller", request.caller()).end();
  }

  /**
   * The answer.
   *
   * @param verdict its hold is not one that could be settled
   */
  public record Rehearsed(BudgetVerdict verdict, AccountView account) implements Payload {
    @Override
    public byte[] json() {
      return JsonWriter.object().flag("admitted", !(verdict instanceof BudgetVerdict.Stop)).end();
    }
  }
}
