package dev.infermux.ledger.journal;

import dev.infermux.ledger.report.LedgerEntry;

/** One change to the books. Sequence numbers rise; a hold's id is that of its reservation. */
public sealed interface JournalRecord {

  long sequence();

  /** A call was admitted and may cost so much. */
  record Reserve(long sequence, long atMillis, long nanos, String caller)
      implements JournalRecord {}

  /** The call {@code id} goes on, and may still cost so much. */
  record Renew(long sequence, long id, long nanos) implements JournalRecord {}

  /**
   * The call {@code id} was charged; its last charge ends the reservation. It says all that is
   * needed to book it, should the reservation be missing.
   */
  record Charge(long sequence, long id, LedgerEntry line) implements JournalRecord {}

  /** The call {@code id} ended without a further charge. */
  record Release(long sequence, long id) implements JournalRecord {}
}
