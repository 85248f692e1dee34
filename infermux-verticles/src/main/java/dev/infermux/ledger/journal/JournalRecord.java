package dev.infermux.ledger.journal;

import dev.infermux.ledger.report.LedgerEntry;
import java.util.UUID;

/** One change to the ledger. Sequence numbers rise; a reservation's id is that of its record. */
public sealed interface JournalRecord {

  long sequence();

  /**
   * A call was admitted and may cost so much.
   *
   * @param account whose account it stands in: mostly the caller's own
   */
  record Reserve(long sequence, long atMillis, long nanos, String caller, String account)
      implements JournalRecord {
    public Reserve(long sequence, long atMillis, long nanos, String caller) {
      this(sequence, atMillis, nanos, caller, caller);
    }
  }

  /**
   * From here on a holder of leases spends.
   *
   * @param place where its journal lies, so that a copy of it is known
   */
  record HolderBegun(long sequence, UUID holder, String place) implements JournalRecord {}

  /** The store that authorises knows all that a holder has spent. */
  record HolderEnded(long sequence, UUID holder) implements JournalRecord {}

  /** The call {@code id} goes on, and may still cost so much. */
  record Extend(long sequence, long id, long nanos) implements JournalRecord {}

  /**
   * What an attempt of the call {@code id} cost; the last one ends the reservation. It says all
   * that the reports need, should the reservation be missing.
   */
  record Settle(long sequence, long id, LedgerEntry entry) implements JournalRecord {}

  /** The call {@code id} ended without a further cost. */
  record Release(long sequence, long id) implements JournalRecord {}
}
