package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One caller's money of one month. */
final class Account implements LeasedAccount {

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

  /** Whether a lease has to cover what is spent under a budget. */
  private final boolean leased;

  private @Nullable Lease lease;

  /** The highest mark reported so far, in percent of the limit. */
  private long reported;

  Account(String caller, YearMonth month, @Nullable BudgetLimit budget, boolean leased) {
    this.caller = caller;
    this.month = month;
    this.budget = budget;
    this.leased = leased;
  }

  @Nullable Lease lease() {
    return lease;
  }

  void lease(@Nullable Lease opened) {
    lease = opened;
  }

  /** Whether a lease has to cover its calls. */
  boolean needsLease() {
    return leased && budget != null;
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

  @Override
  public YearMonth month() {
    return month;
  }

  @Override
  public String caller() {
    return caller;
  }

  /**
   * What may still be reserved: under the limit, and of what is authorised. Below zero after a cost
   * above its reservation.
   */
  long room() {
    return Math.min(limitNanos(), authorised()) - spent - pending;
  }

  /** What would be left under the limit if all of it were authorised. */
  long roomUnderLimit() {
    return limitNanos() - spent - pending;
  }

  /** What would be left if the other nodes gave back all that they have not spent. */
  long roomOfAll() {
    return lease == null && !needsLease()
        ? room()
        : roomUnderLimit() - (lease == null ? 0 : lease.elsewhere());
  }

  private long authorised() {
    if (!needsLease()) {
      return Long.MAX_VALUE;
    }
    return lease == null ? 0 : lease.authorised();
  }

  @Override
  public long limitNanos() {
    return budget == null ? BudgetLimit.MOST : budget.limit();
  }

  @Override
  public long spentNanos() {
    return spent;
  }

  @Override
  public long heldNanos() {
    return pending;
  }

  /** A reservation of nothing always fits: a free call exceeds no budget. */
  static boolean fits(long nanos, long room) {
    return nanos <= 0 || nanos <= room;
  }

  boolean idle() {
    return spent == 0 && pending == 0 && lease == null;
  }

  void reserve(long nanos) {
    pending = Math.addExact(pending, nanos);
    if (lease != null) {
      lease.moved(nanos);
    }
  }

  /** Adds a cost and reports the marks it reaches; those of a lease are known to the store. */
  List<BudgetAlert> spend(long nanos) {
    spent = Math.addExact(spent, nanos);
    if (lease != null) {
      return List.of();
    }
    return budget == null || marks(budget, spent) <= reported ? List.of() : alerts(budget, spent);
  }

  @Override
  public List<BudgetAlert> passed(long before, long after) {
    if (budget == null) {
      return List.of();
    }
    reported = marks(budget, before);
    return marks(budget, after) <= reported ? List.of() : alerts(budget, after);
  }

  /** Adds what was spent and reported before a restart. */
  void restore(long nanos) {
    spent = Math.addExact(spent, nanos);
    reported = budget == null ? 0 : marks(budget, spent);
  }

  /** Takes another limit; marks that the spend no longer reaches can be reported again. */
  void rule(@Nullable BudgetLimit budget) {
    this.budget = budget;
    reported = budget == null ? 0 : Math.min(reported, marks(budget, spent));
  }

  AccountView view() {
    return new AccountView(
        caller, month, spent(), new Usd(pending), budget == null ? null : new Usd(budget.limit()));
  }

  /** What is settled, at other nodes too. */
  Usd spent() {
    return new Usd(lease == null ? spent : spent + lease.elsewhere());
  }

  Usd pending() {
    return new Usd(pending);
  }

  /** The highest mark that the spend has reached; of a limit of zero there is one, at 100. */
  private static long marks(BudgetLimit budget, long spent) {
    long limit = budget.limit();
    if (spent <= 0) {
      return 0;
    }
    if (spent >= limit) {
      return limit == 0 ? FULL : Math.min(Integer.MAX_VALUE / FULL, spent / limit) * FULL;
    }
    return spent >= limit - limit / 5 ? WARNING : 0;
  }

  private List<BudgetAlert> alerts(BudgetLimit budget, long spent) {
    long reached = marks(budget, spent);
    List<BudgetAlert> alerts = new ArrayList<>(1);
    if (reported < WARNING) {
      alerts.add(alert(WARNING, budget, spent));
    }
    long next = Math.max(reported / FULL, reached / FULL - MOST_ALERTS) * FULL + FULL;
    for (long mark = next; mark <= reached; mark += FULL) {
      alerts.add(alert(mark, budget, spent));
    }
    reported = reached;
    return alerts;
  }

  private BudgetAlert alert(long percent, BudgetLimit budget, long spent) {
    return new BudgetAlert(
        caller, month, (int) percent, new Usd(budget.limit()), new Usd(spent), budget.action());
  }
}
