package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.Journal;
import dev.infermux.ledger.journal.JournalRecord.Extend;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.MemoryJournal;
import dev.infermux.ledger.journal.RecoveredReservation;
import dev.infermux.ledger.journal.RecoveredState;
import dev.infermux.ledger.journal.StorageOptions;
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
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.budget.UtcMonths;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of one process: accounts that decide, and a journal of what they did. Every operation
 * completes at once.
 */
public final class LocalLedger implements Reservations, CostReports, Durability, BudgetTerms {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  private final Accounts accounts;
  private final InstantSource clock;
  private final Consumer<BudgetAlert> onAlert;
  private final Journal journal;

  /** Of the last record; a reservation's id is that of the record that made it. */
  private long sequence;

  LocalLedger(
      BudgetOptions options, InstantSource clock, Consumer<BudgetAlert> onAlert, Journal journal) {
    this(new Accounts(options, clock), clock, onAlert, journal);
  }

  LocalLedger(
      Accounts accounts, InstantSource clock, Consumer<BudgetAlert> onAlert, Journal journal) {
    this.accounts = accounts;
    this.clock = clock;
    this.onAlert = onAlert;
    this.journal = journal;
  }

  /** Keeps everything in memory. */
  public static LocalLedger inMemory(
      BudgetOptions options, InstantSource clock, Consumer<BudgetAlert> onAlert) {
    return new LocalLedger(options, clock, onAlert, new MemoryJournal(limits(options)));
  }

  /**
   * Keeps everything in the state file and in the journals beside it. Blocks while it reads them.
   *
   * @throws LedgerException when the files cannot be used; its message says what to do
   */
  public static LocalLedger onFile(
      Path stateFile, BudgetOptions options, Time time, Consumer<BudgetAlert> onAlert)
      throws LedgerException {
    return onFile(stateFile, options, time, onAlert, StorageOptions.defaults());
  }

  static LocalLedger onFile(
      Path stateFile,
      BudgetOptions options,
      Time time,
      Consumer<BudgetAlert> onAlert,
      StorageOptions storage)
      throws LedgerException {
    FileJournal journal = FileJournal.open(stateFile, limits(options), time, storage);
    LocalLedger ledger = new LocalLedger(options, time.clock(), onAlert, journal);
    ledger.restore(journal.recovered());
    return ledger;
  }

  /** Takes over what an earlier process has spent this month. */
  private void restore(RecoveredState previous) {
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
    return Future.succeededFuture(reserved(request));
  }

  BudgetVerdict reserved(ReservationRequest request) {
    BudgetVerdict verdict = accounts.reserve(request, sequence + 1);
    journaled(verdict.reservation());
    return verdict;
  }

  /** The same unless a larger lease would do better; null then, and nothing has changed. */
  @Nullable BudgetVerdict reservedUnlessShort(ReservationRequest request) {
    BudgetVerdict verdict = accounts.reserveUnlessShort(request, sequence + 1);
    journaled(verdict == null ? null : verdict.reservation());
    return verdict;
  }

  private void journaled(@Nullable Reservation reservation) {
    if (reservation != null) {
      sequence++;
      journal.append(
          new Reserve(
              sequence,
              reservation.admittedMillis(),
              reservation.amount().nanos(),
              reservation.caller(),
              accounts.accountOf(reservation)));
    }
  }

  /** Goes on after what an earlier process wrote. */
  void continueAfter(long lastSequence) {
    sequence = lastSequence;
  }

  long nextSequence() {
    return ++sequence;
  }

  @Override
  public Future<BudgetVerdict> preview(ReservationRequest request) {
    return Future.succeededFuture(accounts.preview(request));
  }

  @Override
  public Future<Boolean> extend(Reservation reservation, List<CostEntry> costs, Usd need) {
    costs.forEach(cost -> settlePart(reservation, cost));
    return Future.succeededFuture(extended(reservation, need));
  }

  boolean extended(Reservation reservation, Usd need) {
    boolean fits = accounts.extend(reservation, need);
    if (fits) {
      journal.append(new Extend(++sequence, reservation.id(), need.nanos()));
    }
    return fits;
  }

  @Override
  public void reduce(Reservation reservation, Usd atMost) {
    accounts.reduce(reservation, atMost);
  }

  @Override
  public void settle(Reservation reservation, List<CostEntry> costs) {
    int last = costs.size() - 1;
    if (last < 0) {
      release(reservation);
      return;
    }
    costs.subList(0, last).forEach(cost -> settlePart(reservation, cost));
    warn(reservation, settle(reservation, costs.get(last)).overrun());
  }

  /** Settles what the last attempt cost, and ends the reservation. */
  SettleResult settle(Reservation reservation, CostEntry cost) {
    SettleResult result = accounts.settle(reservation, cost.cost());
    append(result, reservation, cost, true);
    return result;
  }

  /** Settles what a failed attempt cost, of a call that goes on. */
  SettleResult settlePart(Reservation reservation, CostEntry cost) {
    SettleResult result = accounts.settlePart(reservation, cost.cost());
    append(result, reservation, cost, false);
    return result;
  }

  @Override
  public void release(Reservation reservation) {
    if (accounts.release(reservation)) {
      journal.append(new Release(++sequence, reservation.id()));
    }
  }

  @Override
  public void record(String caller, List<CostEntry> costs) {
    ReservationRequest free =
        new ReservationRequest(
            caller, "", 0, 0, 1, 0, UnitPrice.FREE, null, ReservationRequest.Unlimited.FREELY);
    Reservation reservation = reserved(free).reservation();
    if (reservation != null) {
      settle(reservation, costs);
    }
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
  public Future<PendingTotals> pending() {
    return Future.succeededFuture(
        new PendingTotals(accounts.pendingCount(), accounts.pendingAmount()));
  }

  @Override
  public void reconfigure(BudgetOptions options) {
    accounts.reconfigure(options);
    journal.limits(limits(options));
  }

  @Override
  public Future<Void> durable(Reservation reservation) {
    return journal.durable(reservation.id());
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
    return ReportLimits.of(options.trackedCallers(), named, options.reserved());
  }

  private void append(SettleResult result, Reservation reservation, CostEntry cost, boolean last) {
    if (result.counted()) {
      LedgerEntry entry =
          new LedgerEntry(reservation.admittedMillis(), reservation.caller(), last, cost);
      journal.append(new Settle(++sequence, reservation.id(), entry));
      result.alerts().forEach(this::alert);
    }
  }

  /** Who is told of it must not keep the costs that follow from being settled. */
  private void alert(BudgetAlert alert) {
    try {
      onAlert.accept(alert);
    } catch (Throwable bug) {
      LOG.error("an alert was not taken", bug);
    }
  }

  /** A provider wrote more than it was allowed to, or charged for what no bound knows. */
  private static void warn(Reservation reservation, Usd overrun) {
    if (overrun.nanos() > 0 && reservation.amount().nanos() > 0) {
      LOG.warn(
          "a call of caller {} cost {} USD more than it could by its request: its provider did not"
              + " keep to max_tokens, or charged for files, audio or searches",
          reservation.caller(),
          overrun.toDecimal());
    }
  }
}
