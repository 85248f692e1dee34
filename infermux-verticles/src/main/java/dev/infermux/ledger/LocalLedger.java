package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.Journal;
import dev.infermux.ledger.journal.JournalRecord.Charge;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Renew;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.Left;
import dev.infermux.ledger.journal.Reservation;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.Line;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.Accounts;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Hold;
import dev.infermux.policy.budget.HoldRequest;
import dev.infermux.policy.budget.Settled;
import dev.infermux.policy.budget.UtcMonths;
import dev.infermux.policy.budget.options.BudgetOptions;
import dev.infermux.policy.budget.options.CallerBudget;
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
  void restore(Left left) {
    sequence = left.lastSequence();
    left.settled().forEach((caller, usd) -> accounts.restore(caller, usd, Usd.ZERO));
    UtcMonths months = new UtcMonths();
    var current = months.of(clock.millis());
    for (Reservation lost : left.unsettled()) {
      if (months.of(lost.atMillis()).equals(current)) {
        accounts.restore(lost.caller(), Usd.ZERO, lost.amount()).forEach(onAlert);
      }
    }
  }

  @Override
  public Future<BudgetVerdict> reserve(HoldRequest request) {
    BudgetVerdict verdict = accounts.hold(request, sequence + 1);
    Hold hold = verdict.hold();
    if (hold != null) {
      sequence++;
      journal.append(
          new Reserve(sequence, hold.admittedMillis(), hold.amount().nanos(), hold.caller()));
    }
    return Future.succeededFuture(verdict);
  }

  @Override
  public Future<BudgetVerdict> rehearse(HoldRequest request) {
    return Future.succeededFuture(accounts.rehearse(request));
  }

  @Override
  public Future<Void> recorded(Hold hold) {
    return journal.recorded(hold.id());
  }

  @Override
  public void shrinkTo(Hold hold, Usd most) {
    accounts.shrinkTo(hold, most);
  }

  @Override
  public Future<Boolean> renew(Hold hold, Usd need) {
    boolean fits = accounts.renew(hold, need);
    if (fits) {
      journal.append(new Renew(++sequence, hold.id(), need.nanos()));
    }
    return Future.succeededFuture(fits);
  }

  @Override
  public Future<Settled> charge(Hold hold, CostEntry entry) {
    return booked(accounts.charge(hold, entry.cost()), hold, entry, false);
  }

  @Override
  public Future<Settled> settle(Hold hold, CostEntry entry) {
    return booked(accounts.settle(hold, entry.cost()), hold, entry, true);
  }

  @Override
  public Future<Boolean> release(Hold hold) {
    boolean ended = accounts.release(hold);
    if (ended) {
      journal.append(new Release(++sequence, hold.id()));
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
  public Future<OpenHolds> openHolds() {
    return Future.succeededFuture(new OpenHolds(accounts.openHolds(), accounts.held()));
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

  private Future<Settled> booked(Settled settled, Hold hold, CostEntry entry, boolean last) {
    if (settled.counted()) {
      Line line = new Line(hold.admittedMillis(), hold.caller(), last, entry);
      journal.append(new Charge(++sequence, hold.id(), line));
      settled.alerts().forEach(onAlert);
    }
    return Future.succeededFuture(settled);
  }
}
