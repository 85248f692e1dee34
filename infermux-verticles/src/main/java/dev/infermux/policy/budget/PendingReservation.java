package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.util.List;

/** What is left of a hold. Its account is that of the month of the admission. */
final class PendingReservation {

  private final Account account;
  private long nanos;

  /** Already held in the account. */
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
    account.hold(nanos - this.nanos);
    this.nanos = nanos;
  }

  SettleResult spend(long charge) {
    long cost = Math.max(0, charge);
    long over = cost - nanos;
    set(Math.max(0, -over));
    List<BudgetAlert> alerts = account.spend(cost);
    return over <= 0 && alerts.isEmpty()
        ? SettleResult.QUIET
        : new SettleResult(true, new Usd(Math.max(0, over)), alerts);
  }
}
