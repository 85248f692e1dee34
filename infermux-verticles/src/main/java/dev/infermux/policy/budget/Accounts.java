package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import dev.infermux.policy.budget.BudgetVerdict.Stop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Map<Long, PendingReservation> pending = new HashMap<>();
  private final AccountRegister register;
  private long lastId;

  public Accounts(BudgetOptions options, InstantSource clock) {
    this(options, clock, null);
  }

  /**
   * @param leases where an account with a budget gets its money from; null = its limit is its own
   */
  public Accounts(BudgetOptions options, InstantSource clock, Lease.@Nullable Opener leases) {
    this.register = new AccountRegister(options, clock, leases);
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
    long now = register.turnMonth();
    Account account = register.find(request.caller());
    AdmissionTerms terms = terms(account, request, account.room());
    return terms == null ? stop(account) : admit(account, request, terms, id, now);
  }

  /**
   * The same unless a larger lease would do better; null then, and nothing has changed.
   *
   * @param id above all earlier ones; it is used only if the call is admitted
   */
  public @Nullable BudgetVerdict reserveUnlessShort(ReservationRequest request, long id) {
    long now = register.turnMonth();
    Account account = register.find(request.caller());
    AdmissionTerms terms = terms(account, request, account.room());
    boolean best = terms != null && terms.asAsked(request);
    if (!best
        && account.needsLease()
        && !Objects.equals(terms, terms(account, request, account.roomUnderLimit()))) {
      return null;
    }
    return terms == null ? stop(account) : admit(account, request, terms, id, now);
  }

  /**
   * What a call would reserve if there were so much room for it, its limit allowing; -1 when it
   * would not go then.
   */
  public long wished(ReservationRequest request, long room) {
    register.turnMonth();
    Account account = register.find(request.caller());
    AdmissionTerms terms =
        terms(account, request, Math.min(Math.max(room, account.room()), account.roomUnderLimit()));
    return terms == null ? -1 : terms.nanos();
  }

  /** The lease that a caller's calls need; null where they need none. */
  public @Nullable Lease lease(String caller) {
    register.turnMonth();
    Account account = register.find(caller);
    if (!account.needsLease()) {
      return null;
    }
    register.keep(account);
    return register.open(account);
  }

  /** The lease of a reservation that is pending; null where it has none. */
  public @Nullable Lease lease(Reservation reservation) {
    PendingReservation known = pending.get(reservation.id());
    return known == null ? null : known.account().lease();
  }

  /**
   * How much more a reservation has to get for another amount, where its lease is too small for
   * that; 0 when it is not the lease that it does not fit.
   */
  public long lacks(Reservation reservation, Usd need) {
    PendingReservation known = pending.get(reservation.id());
    if (known == null || !known.account().needsLease()) {
      return 0;
    }
    long more = need.nanos() - known.nanos();
    boolean allowed = more <= known.account().roomUnderLimit();
    return allowed && more > known.account().room() ? more : 0;
  }

  /** Whose account a reservation stands in: its caller's, or {@link #OTHER}. */
  public String accountOf(Reservation reservation) {
    PendingReservation known = pending.get(reservation.id());
    return known == null ? reservation.caller() : known.account().caller();
  }

  /** Forgets a lease that holds nothing, and its account where that is empty too. */
  public void close(LeasedAccount leased) {
    Account account = (Account) leased;
    account.lease(null);
    register.forgetIfIdle(account);
  }

  /** Opens all accounts anew; what is pending is settled in the old ones. */
  public void renew() {
    register.renew();
  }

  private BudgetVerdict admit(
      Account account, ReservationRequest request, AdmissionTerms terms, long id, long now) {
    register.keep(account);
    if (account.needsLease()) {
      register.open(account);
    }
    account.reserve(terms.nanos());
    pending.put(id, new PendingReservation(account, terms.nanos()));
    lastId = id;
    return terms.verdict(new Reservation(id, request.caller(), now, new Usd(terms.nanos())));
  }

  /**
   * What {@link #reserve} would decide now. Nothing is reserved: the reservation in it is not
   * pending.
   */
  public BudgetVerdict preview(ReservationRequest request) {
    long now = register.turnMonth();
    Account account = register.find(request.caller());
    AdmissionTerms terms = terms(account, request, account.roomOfAll());
    return terms == null
        ? stop(account)
        : terms.verdict(
            new Reservation(NOT_PENDING, request.caller(), now, new Usd(terms.nanos())));
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
    if (hard && !Account.fits(more, known.account().room())) {
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
    register.turnMonth();
    Account account = register.find(caller);
    register.keep(account);
    account.restore(Math.max(0, settled.nanos()));
    return account.spend(Math.max(0, unsettled.nanos()));
  }

  /** Puts other budgets in force. What was spent and is pending stays as it is. */
  public void reconfigure(BudgetOptions options) {
    register.reconfigure(options);
  }

  /** The account of a caller in the current month. */
  public AccountView view(String caller) {
    register.turnMonth();
    return register.find(caller).view();
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
    return register.unnamed();
  }

  private static @Nullable AdmissionTerms terms(
      Account account, ReservationRequest request, long room) {
    return AdmissionTerms.best(account.rule(), room, request);
  }

  private static Stop stop(Account account) {
    BudgetLimit budget = account.rule();
    long limit = budget == null ? BudgetLimit.MOST : budget.limit();
    return new Stop(new Usd(limit), account.spent(), account.pending());
  }

  private void end(PendingReservation known) {
    known.set(0);
    register.forgetIfIdle(known.account());
  }
}
