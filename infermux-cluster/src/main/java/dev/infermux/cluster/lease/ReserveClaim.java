package dev.infermux.cluster.lease;

import dev.infermux.ledger.LeasedFunds;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.StopReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A call that is to be admitted. */
final class ReserveClaim implements Claim {

  private final LeasedFunds funds;
  private final ReservationRequest request;
  private final Promise<BudgetVerdict> verdict = Promise.promise();

  ReserveClaim(LeasedFunds funds, ReservationRequest request) {
    this.funds = funds;
    this.request = request;
  }

  Future<BudgetVerdict> verdict() {
    return verdict.future();
  }

  @Override
  public boolean taken() {
    BudgetVerdict now = funds.reserveUnlessShort(request);
    if (now != null) {
      verdict.complete(now);
    }
    return now != null;
  }

  @Override
  public long wish(long room) {
    return funds.wished(request, room);
  }

  /** With what there is a call may still go shorter, or to a cheaper model. */
  @Override
  public void giveUp(StopReason reason) {
    BudgetVerdict last = funds.reserve(request);
    verdict.complete(last instanceof BudgetVerdict.Stop stop ? stop.because(reason) : last);
  }
}
