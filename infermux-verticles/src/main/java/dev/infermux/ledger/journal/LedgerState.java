package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.JournalRecord.Charge;
import dev.infermux.ledger.journal.JournalRecord.Release;
import dev.infermux.ledger.journal.JournalRecord.Renew;
import dev.infermux.ledger.journal.JournalRecord.Reserve;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import dev.infermux.ledger.report.Reports;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all records so far come to. One thread's. */
public final class LedgerState {

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
    } else if (record instanceof Charge charge) {
      charge(charge);
    } else if (record instanceof Renew renew) {
      open.computeIfPresent(renew.id(), (id, known) -> atLeast(known, renew.nanos()));
    } else if (record instanceof Release release) {
      open.remove(release.id());
    }
  }

  /** Books every open reservation as spent, and says which they were. */
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

  private void charge(Charge charge) {
    LedgerEntry ledgerEntry = charge.line();
    reports.add(ledgerEntry);
    if (ledgerEntry.last()) {
      open.remove(charge.id());
    } else {
      long cost = ledgerEntry.entry().cost().nanos();
      open.computeIfPresent(
          charge.id(),
          (id, known) -> known.with(new Usd(Math.max(0, known.amount().nanos() - cost))));
    }
  }

  private static RecoveredReservation atLeast(RecoveredReservation known, long nanos) {
    return known.amount().nanos() >= nanos ? known : known.with(new Usd(nanos));
  }
}
