package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.util.List;

/** What is left of a reservation. Its account is that of the month of the admission. */
final class PendingReservation {

  private final Account account;
  private long nanos;

  /** Already pending in the account. */
  PendingReservation(Account account, long nanos) {
    this.account = account;
    this.nanos = nanos;
  }

  Account account() {
    return account;
  }

  long nanos() {
    return nanos;
  }

  void set(long nanos) {
    account.reserve(nanos - this.nanos);
    this.nanos = nanos;
  }

  SettleResult spend(long cost) {
    long settled = Math.max(0, cost);
    long over = settled - nanos;
    set(Math.max(0, -over));
    List<BudgetAlert> alerts = account.spend(settled);
    return over <= 0 && alerts.isEmpty()
        ? SettleResult.QUIET
        : new SettleResult(true, new Usd(Math.max(0, over)), alerts);
  }
}
