package dev.infermux.pipeline;

import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.Exclusion;
import dev.infermux.ledger.Reservations;
import dev.infermux.policy.budget.Reservation;
import io.vertx.core.Future;

/**
 * Before a further attempt of a call of which an attempt was charged already, or is still under
 * way, asks whether the call's budget covers it too: what was reserved at first covers one whole
 * answer of a provider that there was then.
 */
final class ExtendReservationStage implements AttemptRunner {

  private final Reservations reservations;
  private final CostBound bound;
  private final AttemptRunner next;

  ExtendReservationStage(Reservations reservations, CostBound bound, AttemptRunner next) {
    this.reservations = reservations;
    this.bound = bound;
    this.next = next;
  }

  @Override
  public Future<AttemptResult> run(CallContext call, AttemptContext attempt) {
    Reservation reservation = call.reservation();
    AttemptLog attempts = call.attempts();
    boolean foreseen = bound.foresaw(attempt);
    boolean covered = foreseen && !attempts.charged() && attempts.underWay().size() == 1;
    if (reservation == null || covered) {
      return next.run(call, attempt);
    }
    if (!foreseen && bound.refuses(attempt)) {
      attempts.end(attempt, null);
      String provider = attempt.candidate().provider();
      return Future.succeededFuture(new Refused(provider, Exclusion.UNPRICED, null));
    }
    return reservations
        .extend(reservation, CostEntries.takeUnsettled(call), bound.most(call))
        .compose(fits -> fits ? next.run(call, attempt) : refused(call, attempt));
  }

  private Future<AttemptResult> refused(CallContext call, AttemptContext attempt) {
    call.attempts().end(attempt, null);
    return Future.failedFuture(bound.exhausted(call.call()));
  }
}
