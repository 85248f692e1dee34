package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.LeasedFunds;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.StopReason;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A call that goes on and needs more than it has reserved. */
final class ExtendClaim implements Claim {

  private final LeasedFunds funds;
  private final Reservation reservation;
  private final Usd need;
  private final Promise<Boolean> fits = Promise.promise();

  ExtendClaim(LeasedFunds funds, Reservation reservation, Usd need) {
    this.funds = funds;
    this.reservation = reservation;
    this.need = need;
  }

  Future<Boolean> fits() {
    return fits.future();
  }

  @Override
  public boolean taken() {
    boolean taken = funds.extend(reservation, need);
    if (taken) {
      fits.complete(true);
    }
    return taken;
  }

  @Override
  public long wish(long room) {
    long more = funds.lacks(reservation, need);
    return more > 0 && more <= room ? more : -1;
  }

  @Override
  public void giveUp(StopReason reason) {
    if (!taken()) {
      fits.complete(false);
    }
  }
}
