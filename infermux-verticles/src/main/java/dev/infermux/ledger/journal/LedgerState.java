package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.JournalRecord.Extend;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.journal.JournalRecord.Settle;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.ledger.report.Reports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all records so far come to. One thread's. */
final class LedgerState {

  private final Reports reports;
  private final Map<Long, RecoveredReservation> open = new LinkedHashMap<>();
  private long lastSequence;

  public LedgerState(Reports reports) {
    this.reports = reports;
  }

  /** As a snapshot has it. */
  public LedgerState(Reports reports, List<RecoveredReservation> open, long lastSequence) {
    this.reports = reports;
    this.lastSequence = lastSequence;
    open.forEach(reservation -> this.open.put(reservation.id(), reservation));
  }

  public void apply(JournalRecord record) {
    lastSequence = Math.max(lastSequence, record.sequence());
    if (record instanceof Reserve reserve) {
      Usd amount = new Usd(reserve.nanos());
      open.put(
          reserve.sequence(),
          new RecoveredReservation(
              reserve.sequence(), reserve.atMillis(), reserve.caller(), amount));
    } else if (record instanceof Settle settle) {
      settle(settle);
    } else if (record instanceof Extend extend) {
      open.computeIfPresent(extend.id(), (id, known) -> atLeast(known, extend.nanos()));
    } else if (record instanceof Release release) {
      open.remove(release.id());
    }
  }

  /** Counts every open reservation as spent, and says which they were. */
  public List<RecoveredReservation> presumeSpent() {
    List<RecoveredReservation> presumed = new ArrayList<>(open.values());
    for (RecoveredReservation lost : presumed) {
      CostEntry entry = CostEntry.unsettled(lost.amount());
      reports.add(new LedgerEntry(lost.atMillis(), lost.caller(), true, entry));
    }
    open.clear();
    return presumed;
  }

  public Reports reports() {
    return reports;
  }

  public Iterable<RecoveredReservation> open() {
    return open.values();
  }

  public long lastSequence() {
    return lastSequence;
  }

  private void settle(Settle settle) {
    LedgerEntry ledgerEntry = settle.entry();
    reports.add(ledgerEntry);
    if (ledgerEntry.last()) {
      open.remove(settle.id());
    } else {
      long cost = ledgerEntry.entry().cost().nanos();
      open.computeIfPresent(
          settle.id(),
          (id, known) -> known.with(new Usd(Math.max(0, known.amount().nanos() - cost))));
    }
  }

  private static RecoveredReservation atLeast(RecoveredReservation known, long nanos) {
    return known.amount().nanos() >= nanos ? known : known.with(new Usd(nanos));
  }
}
