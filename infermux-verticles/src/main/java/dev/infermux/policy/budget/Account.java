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

  /** A single cost that passes more marks than these reports the highest of them only. */
  private static final int MOST_ALERTS = 10;

  private final String caller;
  private final YearMonth month;
  private @Nullable BudgetLimit budget;
  private boolean named;
  private long spent;
  private long pending;

  /** The highest mark reported so far, in percent of the limit. */
  private long reported;

  Account(String caller, YearMonth month, @Nullable BudgetLimit budget) {
    this.caller = caller;
    this.month = month;
    this.budget = budget;
  }

  /** Whether the configuration names its caller, so that it counts against no bound. */
  boolean named() {
    return named;
  }

  void named(boolean isNamed) {
    named = isNamed;
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

  /** What is left under the limit; below zero after a cost above its reservation. */
  long room() {
    return (budget == null ? BudgetLimit.MOST : budget.limit()) - spent - pending;
  }

  /** A reservation of nothing always fits: a free call exceeds no budget. */
  boolean fits(long nanos) {
    return nanos <= 0 || nanos <= room();
  }

  boolean idle() {
    return spent == 0 && pending == 0;
  }

  void reserve(long nanos) {
    pending = Math.addExact(pending, nanos);
  }

  /** Adds a cost and reports the marks it reaches. */
  List<BudgetAlert> spend(long nanos) {
    spent = Math.addExact(spent, nanos);
    return budget == null || marks(budget) <= reported ? List.of() : alerts(budget);
  }

  /** Adds what was spent and reported before a restart. */
  void restore(long nanos) {
    spent = Math.addExact(spent, nanos);
    reported = budget == null ? 0 : marks(budget);
  }

  /** Takes another limit; marks that the spend no longer reaches can be reported again. */
  void rule(@Nullable BudgetLimit budget) {
    this.budget = budget;
    reported = budget == null ? 0 : Math.min(reported, marks(budget));
  }

  AccountView view() {
    return new AccountView(
        caller,
        month,
        new Usd(spent),
        new Usd(pending),
        budget == null ? null : new Usd(budget.limit()));
  }

  Usd spent() {
    return new Usd(spent);
  }

  Usd pending() {
    return new Usd(pending);
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
    if (reported < WARNING) {
      alerts.add(alert(WARNING, budget));
    }
    long next = Math.max(reported / FULL, reached / FULL - MOST_ALERTS) * FULL + FULL;
    for (long mark = next; mark <= reached; mark += FULL) {
      alerts.add(alert(mark, budget));
    }
    reported = reached;
    return alerts;
  }

  private BudgetAlert alert(long percent, BudgetLimit budget) {
    return new BudgetAlert(
        caller, month, (int) percent, new Usd(budget.limit()), new Usd(spent), budget.action());
  }
}
