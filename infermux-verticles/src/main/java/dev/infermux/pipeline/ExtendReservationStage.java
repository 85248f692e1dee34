package dev.infermux.pipeline;

import dev.infermux.budget.BudgetClient;
import dev.infermux.budget.ExtendReservation;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.policy.budget.Reservation;
import io.vertx.core.Future;

/**
 * Before each further attempt of a call of which an attempt was charged already, asks whether its
 * budget still covers it: what was held at first covers one whole answer.
 */
public final class ExtendReservationStage implements Stage {

  private final BudgetClient budget;
  private final CostBound bound;
  private final Stage next;

  public ExtendReservationStage(BudgetClient budget, CostBound bound, Stage next) {
    this.budget = budget;
    this.bound = bound;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    Reservation reservation = context.hold();
    if (reservation == null || !context.attempts().charged()) {
      return next.run(context);
    }
    return budget
        .covers(
            new ExtendReservation(reservation, CostEntries.unbooked(context), bound.most(context)))
        .compose(
            fits ->
                fits ? next.run(context) : Future.failedFuture(bound.exhausted(context.call())));
  }
}
