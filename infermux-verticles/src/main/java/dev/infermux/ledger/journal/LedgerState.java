package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.journal.JournalRecord.Extend;
import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.JournalRecord.HolderEnded;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all records so far come to. One thread's. */
final class LedgerState {

  private final Reports reports;
  private final Map<Long, RecoveredReservation> open = new LinkedHashMap<>();
  private final HolderTotals holders = new HolderTotals();
  private EntrySink entries = (holder, settle) -> {};
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

  /** From here on the costs of holders of leases are handed on. */
  void entriesTo(EntrySink sink) {
    entries = sink;
  }

  HolderTotals holders() {
    return holders;
  }

  public void apply(JournalRecord record) {
    lastSequence = Math.max(lastSequence, record.sequence());
    if (record instanceof Reserve reserve) {
      reserve(reserve);
    } else if (record instanceof Settle settle) {
      settle(settle);
    } else if (record instanceof Extend extend) {
      open.computeIfPresent(extend.id(), (id, known) -> atLeast(known, extend.nanos()));
    } else if (record instanceof Release release) {
      open.remove(release.id());
    } else if (record instanceof HolderBegun begun) {
      holders.begin(begun);
    } else if (record instanceof HolderEnded ended) {
      holders.end(ended.holder());
    }
  }

  /** Counts every open reservation as spent, and says which they were. */
  public List<RecoveredReservation> presumeSpent() {
    List<RecoveredReservation> presumed = new ArrayList<>(open.values());
    for (RecoveredReservation lost : presumed) {
      CostEntry entry = CostEntry.unsettled(lost.amount());
      LedgerEntry booked = new LedgerEntry(lost.atMillis(), lost.caller(), true, entry);
      reports.add(booked);
      // A reservation's own number is that of no other cost.
      credit(lost, new Settle(lost.id(), lost.id(), booked));
    }
    open.clear();
    holders.endCurrent();
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

  private void reserve(Reserve reserve) {
    open.put(
        reserve.sequence(),
        new RecoveredReservation(
            reserve.sequence(),
            reserve.atMillis(),
            reserve.caller(),
            new Usd(reserve.nanos()),
            reserve.account(),
            holders.current()));
  }

  private void credit(@Nullable RecoveredReservation reservation, Settle settle) {
    UUID holder = reservation == null ? null : reservation.holder();
    if (reservation != null && holder != null) {
      long nanos = settle.entry().entry().cost().nanos();
      holders.add(holder, reservation.account(), reservation.atMillis(), nanos);
      entries.add(holder, settle);
    }
  }

  private void settle(Settle settle) {
    LedgerEntry ledgerEntry = settle.entry();
    reports.add(ledgerEntry);
    credit(open.get(settle.id()), settle);
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

  /** Takes the costs of holders of leases. */
  interface EntrySink {
    void add(UUID holder, Settle settle);
  }
}
