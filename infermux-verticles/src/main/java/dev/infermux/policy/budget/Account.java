package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One caller's money of one month. */
final class Account {

  private static final int WARNING = 80;
  private static final int FULL = 100;

  /** A single charge that passes more marks than these tells the highest of them only. */
  private static final int MOST_ALERTS = 10;

  private final String caller;
  private final YearMonth month;
  private @Nullable BudgetLimit budget;
  private long spent;
  private long held;

  /** The highest mark told so far, in percent of the limit. */
  private long told;

  Account(String caller, YearMonth month, @Nullable BudgetLimit budget) {
    this.caller = caller;
    this.month = month;
    this.budget = budget;
  }

  @Nullable BudgetLimit rule() {
    return budget;
  }

  YearMonth month() {
    return month;
  }

  String caller() {
    return caller;
  }

  /** What is left under the limit; below zero after a charge that passed its hold. */
  long room() {
    return (budget == null ? BudgetLimit.MOST : budget.limit()) - spent - held;
  }

  /** A hold of nothing always fits: a free call pushes nobody over. */
  boolean fits(long nanos) {
    return nanos <= 0 || nanos <= room();
  }

  boolean idle() {
    return spent == 0 && held == 0;
  }

  void hold(long nanos) {
    held = Math.addExact(held, nanos);
  }

  void release(long nanos) {
    held -= nanos;
  }

  /** Books a charge and tells of the marks it reaches. */
  List<BudgetAlert> spend(long nanos) {
    spent = Math.addExact(spent, nanos);
    return budget == null || marks(budget) <= told ? List.of() : alerts(budget);
  }

  /** Books what was spent and told before a restart. */
  void restore(long nanos) {
    spent = Math.addExact(spent, nanos);
    told = budget == null ? 0 : marks(budget);
  }

  /** Takes another rule; marks that the spend no longer reaches can be told again. */
  void rule(@Nullable BudgetLimit budget) {
    this.budget = budget;
    told = budget == null ? 0 : Math.min(told, marks(budget));
  }

  AccountView view() {
    return new AccountView(
        caller,
        month,
        new Usd(spent),
        new Usd(held),
        budget == null ? null : new Usd(budget.limit()));
  }

  Usd spent() {
    return new Usd(spent);
  }

  Usd held() {
    return new Usd(held);
  }

  /** The highest mark that the spend has reached; of a limit of zero there is one, at 100. */
  private long marks(BudgetLimit budget) {
    long limit = budget.limit();
    if (spent <= 0) {
      return 0;
    }
    if (spent >= limit) {
      return limit == 0 ? FULL : Math.min(Integer.MAX_VALUE / FULL, spent / limit) * FULL;
    }
    return spent >= limit - limit / 5 ? WARNING : 0;
  }

  private List<BudgetAlert> alerts(BudgetLimit budget) {
    long reached = marks(budget);
    List<BudgetAlert> alerts = new ArrayList<>(1);
    if (told < WARNING) {
      alerts.add(alert(WARNING, budget));
    }
    long next = Math.max(told / FULL, reached / FULL - MOST_ALERTS) * FULL + FULL;
    for (long mark = next; mark <= reached; mark += FULL) {
      alerts.add(alert(mark, budget));
    }
    told = reached;
    return alerts;
  }

  private BudgetAlert alert(long percent, BudgetLimit budget) {
    return new BudgetAlert(
        caller, month, (int) percent, new Usd(budget.limit()), new Usd(spent), budget.action());
  }
}
