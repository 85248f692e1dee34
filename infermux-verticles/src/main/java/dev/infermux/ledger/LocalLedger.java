package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.Journal;
import dev.infermux.ledger.journal.JournalRecord.Charge;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Renew;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.RecoveredReservation;
import dev.infermux.ledger.journal.RecoveredState;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.Accounts;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.SettleResult;
import dev.infermux.policy.budget.UtcMonths;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ledger of one process: accounts that decide, and a journal of what they did. */
final class LocalLedger implements Ledger {

  private final Accounts accounts;
  private final InstantSource clock;
  private final Consumer<BudgetAlert> onAlert;
  private final Journal journal;

  /** Of the last record; a hold's id is that of its reservation. */
  private long sequence;

  LocalLedger(
      BudgetOptions options, InstantSource clock, Consumer<BudgetAlert> onAlert, Journal journal) {
    this.accounts = new Accounts(options, clock);
    this.clock = clock;
    this.onAlert = onAlert;
    this.journal = journal;
  }

  /** Takes over what an earlier process has spent this month. */
  void restore(RecoveredState previous) {
    sequence = previous.lastSequence();
    previous.settled().forEach((caller, usd) -> accounts.restore(caller, usd, Usd.ZERO));
    UtcMonths months = new UtcMonths();
    var current = months.of(clock.millis());
    for (RecoveredReservation lost : previous.unsettled()) {
      if (months.of(lost.atMillis()).equals(current)) {
        accounts.restore(lost.caller(), Usd.ZERO, lost.amount()).forEach(onAlert);
      }
    }
  }

  @Override
  public Future<BudgetVerdict> reserve(ReservationRequest request) {
    BudgetVerdict verdict = accounts.hold(request, sequence + 1);
    Reservation reservation = verdict.reservation();
    if (reservation != null) {
      sequence++;
      journal.append(
          new Reserve(
              sequence,
              reservation.admittedMillis(),
              reservation.amount().nanos(),
              reservation.caller()));
    }
    return Future.succeededFuture(verdict);
  }

  @Override
  public Future<BudgetVerdict> preview(ReservationRequest request) {
    return Future.succeededFuture(accounts.preview(request));
  }

  @Override
  public Future<Void> recorded(Reservation reservation) {
    return journal.recorded(reservation.id());
  }

  @Override
  public void reduce(Reservation reservation, Usd most) {
    accounts.reduce(reservation, most);
  }

  @Override
  public Future<Boolean> extend(Reservation reservation, Usd need) {
    boolean fits = accounts.extend(reservation, need);
    if (fits) {
      journal.append(new Renew(++sequence, reservation.id(), need.nanos()));
    }
    return Future.succeededFuture(fits);
  }

  @Override
  public Future<SettleResult> charge(Reservation reservation, CostEntry entry) {
    return booked(accounts.charge(reservation, entry.cost()), reservation, entry, false);
  }

  @Override
  public Future<SettleResult> settle(Reservation reservation, CostEntry entry) {
    return booked(accounts.settle(reservation, entry.cost()), reservation, entry, true);
  }

  @Override
  public Future<Boolean> release(Reservation reservation) {
    boolean ended = accounts.release(reservation);
    if (ended) {
      journal.append(new Release(++sequence, reservation.id()));
    }
    return Future.succeededFuture(ended);
  }

  @Override
  public Future<AccountView> account(String caller) {
    return Future.succeededFuture(accounts.view(caller));
  }

  @Override
  public <T> Future<T> reports(Function<Reports, T> reader) {
    return journal.read(reader);
  }

  @Override
  public void reconfigure(BudgetOptions options) {
    accounts.reconfigure(options);
    journal.limits(limits(options));
  }

  @Override
  public Future<PendingReservations> pending() {
    return Future.succeededFuture(
        new PendingReservations(accounts.pendingCount(), accounts.held()));
  }

  @Override
  public Future<Void> flush() {
    return journal.flush();
  }

  @Override
  public boolean behind() {
    return journal.behind();
  }

  @Override
  public Future<Void> close() {
    return journal.close();
  }

  static ReportLimits limits(BudgetOptions options) {
    Set<String> named =
        options.callers().stream().map(CallerBudget::caller).collect(Collectors.toSet());
    return ReportLimits.of(options.trackedCallers(), named);
  }

  private Future<SettleResult> booked(
      SettleResult result, Reservation reservation, CostEntry entry, boolean last) {
    if (result.counted()) {
      LedgerEntry ledgerEntry =
          new LedgerEntry(reservation.admittedMillis(), reservation.caller(), last, entry);
      journal.append(new Charge(++sequence, reservation.id(), ledgerEntry));
      result.alerts().forEach(onAlert);
    }
    return Future.succeededFuture(result);
  }
}
