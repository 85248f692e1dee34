package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Promise;

/**
 * Asks whether a call may be made, and sets its money aside. Never leaves the process.
 *
 * @param answer completed by the receiver: every call waits for it, and a reply over the bus would
 *     cost as much again as the question
 */
public record ReserveBudget(ReservationRequest request, Promise<BudgetReserved> answer)
    implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().text("caller", request.caller()).end();
  }
}
