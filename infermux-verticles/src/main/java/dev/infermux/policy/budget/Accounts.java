package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.BudgetVerdict.Admit;
import dev.infermux.policy.budget.BudgetVerdict.Downgrade;
import dev.infermux.policy.budget.BudgetVerdict.Lowered;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every caller has spent this month, and what is reserved for calls in flight.
 *
 * <p>A call is admitted with a <em>reservation</em> of the most it can cost. It is pending until
 * {@link #settle} ends it with the real cost or {@link #release} without any; what is asked of it
 * later changes nothing. With {@code hard_stop}, settled and pending together never pass the limit
 * as long as costs keep to their reservations; a cost above its reservation is settled all the
 * same, is reported as an {@link SettleResult#overrun}, and stops the caller from then on.
 *
 * <p>A month is the calendar month in UTC of the admission: a reservation that outlives its month
 * is still settled in it, and the new month begins with nothing. Time that runs backwards stays in
 * the month that was reached.
 *
 * <p>Callers beyond {@code tracked_callers} that have no budget of their own share one account,
 * called {@link #OTHER}, under the budget of {@code *}: unknown caller names cannot create extra
 * budget. A caller without spend and without a reservation takes no room. Not thread-safe: one
 * event loop owns it.
 */
public final class Accounts {

  /** The account of callers without one of their own, and of a caller of this very name. */
  public static final String OTHER = "other";

  /** No reservation has it: ids begin above. */
  private static final long NOT_PENDING = 0;

  private final InstantSource clock;
  private final UtcMonths months = new UtcMonths();
  private final Map<Long, PendingReservation> pending = new HashMap<>();
  private final Map<String, Account> accounts = new HashMap<>();
  private BudgetLimits limits;
  private YearMonth month;
  private Account others;
  private int unnamed;
  private long lastId;

  public Accounts(BudgetOptions options, InstantSource clock) {
    this.clock = clock;
    this.limits = new BudgetLimits(options);
    this.month = months.of(clock.millis());
    this.others = new Account(OTHER, month, limits.everyoneElse);
  }

  /** Decides on a call and reserves the most that it can cost. */
  public BudgetVerdict reserve(ReservationRequest request) {
    return reserve(request, lastId + 1);
  }

  /**
   * The same with an id from outside.
   *
   * @param id above all earlier ones; it is used only if the call is admitted
   */
  public BudgetVerdict reserve(ReservationRequest request, long id) {
    long now = turnMonth();
    Account account = find(request.caller());
    AdmissionTerms terms = terms(account, request);
    if (terms == null) {
      return stop(account);
    }
    keep(account);
    account.reserve(terms.nanos());
    pending.put(id, new PendingReservation(account, terms.nanos()));
    lastId = id;
    return verdict(new Reservation(id, request.caller(), now, new Usd(terms.nanos())), terms);
  }

  /**
   * What {@link #reserve} would decide now. Nothing is reserved: the reservation in it is not
   * pending.
   */
  public BudgetVerdict preview(ReservationRequest request) {
    long now = turnMonth();
    Account account = find(request.caller());
    AdmissionTerms terms = terms(account, request);
    return terms == null
        ? stop(account)
        : verdict(
            new Reservation(NOT_PENDING, request.caller(), now, new Usd(terms.nanos())), terms);
  }

  /** Gives back what a call can no longer cost, such as when its provider has begun to answer. */
  public void reduce(Reservation reservation, Usd most) {
    PendingReservation known = pending.get(reservation.id());
    if (known != null && most.nanos() < known.nanos()) {
      known.set(Math.max(0, most.nanos()));
    }
  }

  /**
   * Makes sure that a reservation covers another attempt, after the cost of a failed one has used
   * some of it.
   *
   * @return false when it does not fit any more; the reservation is as before then
   */
  public boolean extend(Reservation reservation, Usd need) {
    PendingReservation known = pending.get(reservation.id());
    if (known == null) {
      return false;
    }
    long more = need.nanos() - known.nanos();
    if (more <= 0) {
      return true;
    }
    BudgetLimit budget = known.account().rule();
    boolean hard = budget == null || budget.action() == BudgetAction.HARD_STOP;
    if (hard && !known.account().fits(more)) {
      return false;
    }
    known.set(need.nanos());
    return true;
  }

  /** Settles what an attempt of a call that goes on cost; what is pending is less by as much. */
  public SettleResult settlePart(Reservation reservation, Usd cost) {
    PendingReservation known = pending.get(reservation.id());
    return known == null ? SettleResult.BEFORE : known.spend(cost.nanos());
  }

  /** Settles what the last attempt cost and ends the reservation. */
  public SettleResult settle(Reservation reservation, Usd cost) {
    PendingReservation known = pending.remove(reservation.id());
    if (known == null) {
      return SettleResult.BEFORE;
    }
    SettleResult result = known.spend(cost.nanos());
    end(known);
    return result;
  }

  /**
   * Ends a reservation without a cost.
   *
   * @return false when it had ended before
   */
  public boolean release(Reservation reservation) {
    PendingReservation known = pending.remove(reservation.id());
    if (known == null) {
      return false;
    }
    end(known);
    return true;
  }

  /**
   * Takes over what a caller has spent in the current month before this process began.
   *
   * @param settled what alerts have reported
   * @param unsettled what was reserved and never settled
   */
  public List<BudgetAlert> restore(String caller, Usd settled, Usd unsettled) {
    turnMonth();
    Account account = find(caller);
    keep(account);
    account.restore(Math.max(0, settled.nanos()));
    return account.spend(Math.max(0, unsettled.nanos()));
  }

  /** Puts other budgets in force. What was spent and is pending stays as it is. */
  public void reconfigure(BudgetOptions options) {
    limits = new BudgetLimits(options);
    others.rule(limits.everyoneElse);
    unnamed = 0;
    for (Account account : accounts.values()) {
      account.rule(limits.of(account.caller()));
      account.named(limits.names(account.caller()));
      unnamed += account.named() ? 0 : 1;
    }
  }

  /** The account of a caller in the current month. */
  public AccountView view(String caller) {
    turnMonth();
    return find(caller).view();
  }

  /** Reservations that have not ended, those of earlier months included. */
  public int pendingCount() {
    return pending.size();
  }

  /** What they come to. */
  public Usd pendingAmount() {
    return pending.values().stream()
        .map(known -> new Usd(known.nanos()))
        .reduce(Usd.ZERO, Usd::plus);
  }

  /** Accounts kept for callers without a budget of their own. */
  public int tracked() {
    return unnamed;
  }

  private @Nullable AdmissionTerms terms(Account account, ReservationRequest request) {
    return AdmissionTerms.best(account, request, request.longest());
  }

  private static Stop stop(Account account) {
    BudgetLimit budget = account.rule();
    long limit = budget == null ? BudgetLimit.MOST : budget.limit();
    return new Stop(new Usd(limit), account.spent(), account.pending());
  }

  private BudgetVerdict verdict(Reservation reservation, AdmissionTerms terms) {
    String model = terms.model();
    Long maxTokens = terms.maxTokens();
    if (model != null) {
      return new Downgrade(reservation, model, maxTokens);
    }
    return maxTokens == null ? new Admit(reservation) : new Lowered(reservation, maxTokens);
  }

  /** The time of day, which is never in a month before the current one. */
  private long turnMonth() {
    long now = clock.millis();
    YearMonth current = months.of(now);
    if (current.isBefore(month)) {
      return UtcMonths.start(month);
    }
    if (current.isAfter(month)) {
      month = current;
      accounts.clear();
      unnamed = 0;
      others = new Account(OTHER, month, limits.everyoneElse);
    }
    return now;
  }

  private Account find(String caller) {
    Account known = accounts.get(caller);
    if (known != null) {
      return known;
    }
    boolean named = limits.names(caller);
    if (!named && (unnamed >= limits.mostCallers || caller.equals(OTHER))) {
      return others;
    }
    Account fresh = new Account(caller, month, limits.of(caller));
    fresh.named(named);
    return fresh;
  }

  private void keep(Account account) {
    if (account != others && accounts.putIfAbsent(account.caller(), account) == null) {
      unnamed += account.named() ? 0 : 1;
    }
  }

  private void end(PendingReservation known) {
    known.set(0);
    Account account = known.account();
    if (account.idle() && accounts.remove(account.caller(), account)) {
      unnamed -= account.named() ? 0 : 1;
    }
  }
}
