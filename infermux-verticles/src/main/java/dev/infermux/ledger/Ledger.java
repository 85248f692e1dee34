package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.MemoryJournal;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.SettleResult;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides who may spend, and keeps what was spent.
 *
 * <p>Each operation is one atomic step, so that an implementation can put it to a store that
 * several nodes share. Those that come with InferMux complete at once. One event loop calls them
 * all, the budget verticle's; {@link #recorded} and {@link #behind} may be called from any thread.
 *
 * <p>A call goes like this: {@link #reserve}, and with the verdict's hold the attempt is sent,
 * while the reservation is on its way to the journal. Before anything of the answer is handed out,
 * {@link #recorded} must have completed; it nearly always has, long before a provider answers. Then
 * {@link #settle} or {@link #release}, exactly one of which counts. So a process that is killed, at
 * whatever moment, leaves no answer behind that is not in the journal: as settled, or as reserved,
 * and what was reserved and never settled counts as spent. It can only lose the reservation of a
 * call that was admitted less than a millisecond earlier, whose answer nobody has seen; whoever
 * wants that one too waits for {@code recorded} before the attempt is sent.
 */
public interface Ledger {

  /** Keeps everything in memory. */
  static Ledger inMemory(
      BudgetOptions options, InstantSource clock, Consumer<BudgetAlert> onAlert) {
    return new LocalLedger(options, clock, onAlert, new MemoryJournal(LocalLedger.limits(options)));
  }

  /**
   * Keeps everything in the state file and in the journals beside it. Blocks while it reads them.
   *
   * @throws LedgerException when the files can not be used; its message says what to do
   */
  static Ledger onFile(
      Path stateFile, BudgetOptions options, InstantSource clock, Consumer<BudgetAlert> onAlert)
      throws LedgerException {
    FileJournal journal =
        FileJournal.open(stateFile, LocalLedger.limits(options), clock, StorageOptions.defaults());
    LocalLedger ledger = new LocalLedger(options, clock, onAlert, journal);
    ledger.restore(journal.left());
    return ledger;
  }

  /** Decides on a call and sets its money aside. */
  Future<BudgetVerdict> reserve(ReservationRequest request);

  /**
   * What {@link #reserve} would decide now; nothing is set aside and the hold is not a real one.
   */
  Future<BudgetVerdict> preview(ReservationRequest request);

  /**
   * Completes, on any thread, when the hold would survive the end of this process. With a full disk
   * it completes all the same, for calls go on then.
   */
  Future<Void> recorded(Reservation reservation);

  /** Gives back what a call can no longer cost, such as when its provider has begun to answer. */
  void reduce(Reservation reservation, Usd most);

  /**
   * Asks for {@code need} for another attempt, after {@link #charge}; false when it does not fit.
   */
  Future<Boolean> extend(Reservation reservation, Usd need);

  /** Books what a failed attempt was charged, of a call that goes on. */
  Future<SettleResult> charge(Reservation reservation, CostEntry entry);

  /** Books what the last attempt was charged, and ends the hold. */
  Future<SettleResult> settle(Reservation reservation, CostEntry entry);

  /** Ends the hold without a further charge; false when it had ended before. */
  Future<Boolean> release(Reservation reservation);

  /** How a caller stands this month. */
  Future<AccountView> account(String caller);

  /**
   * Reads the reports, with everything in them that was booked before.
   *
   * @param reader makes an immutable answer of them, on a thread of the ledger
   */
  <T> Future<T> reports(Function<Reports, T> reader);

  /** Puts other budgets in force; the state file can not be changed. */
  void reconfigure(BudgetOptions options);

  /** Holds that have not ended, and what they come to. */
  Future<PendingReservations> pending();

  /** Completes when everything before would survive the end of this process. */
  Future<Void> flush();

  /** Whether spend is in memory alone because the disk does not take it. */
  boolean behind();

  /**
   * Writes everything and gives the files free. Holds that are open then count as spent at the next
   * start.
   */
  Future<Void> close();

  /**
   * Calls in flight.
   *
   * @param held what they may still cost
   */
  record PendingReservations(int count, Usd held) {}
}
