package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.FileJournal;
import dev.infermux.ledger.journal.Journal;
import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.JournalRecord.HolderEnded;
import dev.infermux.ledger.journal.LedgerException;
import dev.infermux.ledger.journal.MemoryJournal;
import dev.infermux.ledger.journal.StorageOptions;
import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.policy.budget.Accounts;
import dev.infermux.policy.budget.BudgetAlert;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Lease;
import dev.infermux.policy.budget.LeasedAccount;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.time.Time;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A ledger whose accounts spend no more than their leases allow, and what the keeper of the leases
 * needs of it. One event loop's.
 */
public final class LeasedFunds {

  private final LocalLedger ledger;
  private final Accounts accounts;
  private final Journal journal;

  private LeasedFunds(Accounts accounts, LocalLedger ledger, Journal journal) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.journal = journal;
  }

  /** Keeps everything in memory: for tests and simulations. */
  public static LeasedFunds inMemory(
      BudgetOptions options, InstantSource clock, Lease.Opener leases) {
    ReportLimits limits = LocalLedger.limits(options);
    return of(options, clock, alert -> {}, new MemoryJournal(limits), leases);
  }

  /**
   * Keeps what was spent in the state file and the journals beside it, which were read before.
   *
   * @param journal nothing was appended to it yet
   * @param leases opens the lease of an account
   */
  public static LeasedFunds onFile(
      FileJournal journal,
      BudgetOptions options,
      InstantSource clock,
      Consumer<BudgetAlert> onAlert,
      Lease.Opener leases) {
    LeasedFunds funds = of(options, clock, onAlert, journal, leases);
    funds.ledger.continueAfter(journal.recovered().lastSequence());
    return funds;
  }

  /**
   * Reads what earlier processes left. Blocks.
   *
   * @throws LedgerException when the files cannot be used; its message says what to do
   */
  public static FileJournal journal(Path stateFile, BudgetOptions options, Time time)
      throws LedgerException {
    return FileJournal.open(
        stateFile, LocalLedger.limits(options), time, StorageOptions.defaults());
  }

  private static LeasedFunds of(
      BudgetOptions options,
      InstantSource clock,
      Consumer<BudgetAlert> onAlert,
      Journal journal,
      Lease.Opener leases) {
    Accounts accounts = new Accounts(options, clock, leases);
    return new LeasedFunds(accounts, new LocalLedger(accounts, clock, onAlert, journal), journal);
  }

  /** How many names reports tell apart under these budgets. */
  public static ReportLimits limits(BudgetOptions options) {
    return LocalLedger.limits(options);
  }

  /** All operations that no lease has to be asked for. */
  public LocalLedger ledger() {
    return ledger;
  }

  /** From here on this holder spends; accounts of an earlier one only end what is pending. */
  public void begin(UUID holder, String place) {
    journal.append(new HolderBegun(ledger.nextSequence(), holder, place));
    accounts.renew();
  }

  /** The store knows all that a holder has spent. */
  public void ended(UUID holder) {
    journal.append(new HolderEnded(ledger.nextSequence(), holder));
  }

  /** Reserves, unless a larger lease would do better: null then, and nothing has changed. */
  public @Nullable BudgetVerdict reserveUnlessShort(ReservationRequest request) {
    return ledger.reservedUnlessShort(request);
  }

  /** Reserves on whatever terms there is room for now. */
  public BudgetVerdict reserve(ReservationRequest request) {
    return ledger.reserved(request);
  }

  /**
   * Raises what is pending to {@code need}; false, and nothing has changed, when it does not fit.
   */
  public boolean extend(Reservation reservation, Usd need) {
    return ledger.extended(reservation, need);
  }

  /**
   * What a call would reserve if there were so much room for it, its limit allowing; -1 when it
   * would not go then.
   */
  public long wished(ReservationRequest request, long room) {
    return accounts.wished(request, room);
  }

  /** The lease that a caller's calls need; null where they need none. */
  public @Nullable Lease lease(String caller) {
    return accounts.lease(caller);
  }

  /** The lease of a reservation that is pending; null where it has none. */
  public @Nullable Lease lease(Reservation reservation) {
    return accounts.lease(reservation);
  }

  /** How much more a reservation has to get for another amount; 0 = its lease is large enough. */
  public long lacks(Reservation reservation, Usd need) {
    return accounts.lacks(reservation, need);
  }

  /** Forgets a lease that holds nothing. */
  public void close(LeasedAccount account) {
    accounts.close(account);
  }
}
