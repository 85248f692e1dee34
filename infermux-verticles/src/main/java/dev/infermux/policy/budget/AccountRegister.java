package dev.infermux.policy.budget;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of the current month, by caller; those beyond the bound are one. */
final class AccountRegister {

  private final InstantSource clock;
  private final Lease.@Nullable Opener leases;
  private final UtcMonths months = new UtcMonths();
  private final Map<String, Account> accounts = new HashMap<>();
  private BudgetLimits limits;
  private YearMonth month;
  private Account others;
  private int unnamed;

  /**
   * @param leases where an account with a budget gets its money from; null = its limit is its own
   */
  AccountRegister(BudgetOptions options, InstantSource clock, Lease.@Nullable Opener leases) {
    this.clock = clock;
    this.leases = leases;
    this.limits = new BudgetLimits(options);
    this.month = months.of(clock.millis());
    this.others = new Account(Accounts.OTHER, month, limits.everyoneElse, leases != null);
  }

  /** Accounts kept for callers without a budget of their own. */
  int unnamed() {
    return unnamed;
  }

  void reconfigure(BudgetOptions options) {
    limits = new BudgetLimits(options);
    others.rule(limits.everyoneElse);
    unnamed = 0;
    for (Account account : accounts.values()) {
      account.rule(limits.of(account.caller()));
      account.named(limits.names(account.caller()));
      unnamed += account.named() ? 0 : 1;
    }
  }

  /** The time of day, which is never in a month before the current one. */
  long turnMonth() {
    long now = clock.millis();
    YearMonth current = months.of(now);
    if (current.isBefore(month)) {
      return UtcMonths.start(month);
    }
    if (current.isAfter(month)) {
      month = current;
      renew();
    }
    return now;
  }

  /** Begins with no account. */
  void renew() {
    accounts.clear();
    unnamed = 0;
    others = account(Accounts.OTHER, limits.everyoneElse);
  }

  Account find(String caller) {
    Account known = accounts.get(caller);
    if (known != null) {
      return known;
    }
    boolean named = limits.names(caller);
    if (!named && (unnamed >= limits.mostCallers || caller.equals(Accounts.OTHER))) {
      return others;
    }
    Account fresh = account(caller, limits.of(caller));
    fresh.named(named);
    return fresh;
  }

  void keep(Account account) {
    if (account != others && accounts.putIfAbsent(account.caller(), account) == null) {
      unnamed += account.named() ? 0 : 1;
    }
  }

  /** The lease of an account that is kept. */
  @Nullable Lease open(Account account) {
    if (account.lease() == null && leases != null) {
      account.lease(leases.open(account));
    }
    return account.lease();
  }

  void forgetIfIdle(Account account) {
    if (account.idle() && accounts.remove(account.caller(), account)) {
      unnamed -= account.named() ? 0 : 1;
    }
  }

  private Account account(String caller, @Nullable BudgetLimit budget) {
    return new Account(caller, month, budget, leases != null);
  }
}
