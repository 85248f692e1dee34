package dev.infermux.ledger.journal;

import dev.infermux.ledger.journal.JournalRecord.HolderBegun;
import dev.infermux.ledger.journal.RecoveredHolder.Spent;
import dev.infermux.policy.budget.UtcMonths;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What each holder of leases has spent, by account and month. One thread's. */
final class HolderTotals {

  private final Map<UUID, Totals> holders = new LinkedHashMap<>();
  private final UtcMonths months = new UtcMonths();
  private @Nullable UUID current;

  /** Who spends now; null = nobody that has leases. */
  @Nullable UUID current() {
    return current;
  }

  void begin(HolderBegun begun) {
    current = begun.holder();
    holders.put(begun.holder(), new Totals(begun.place(), new LinkedHashMap<>()));
  }

  void end(UUID holder) {
    holders.remove(holder);
    if (holder.equals(current)) {
      current = null;
    }
  }

  /** The process has ended; what comes is nobody's. */
  void endCurrent() {
    current = null;
  }

  void add(UUID holder, String account, long atMillis, long nanos) {
    Totals totals = holders.get(holder);
    if (totals != null && nanos > 0) {
      totals.accounts.merge(new Key(account, months.of(atMillis)), nanos, Math::addExact);
    }
  }

  /** As a snapshot has it. */
  void restore(RecoveredHolder known, boolean isCurrent) {
    Map<Key, Long> accounts = new LinkedHashMap<>();
    known.accounts().forEach(row -> accounts.put(new Key(row.account(), row.month()), row.nanos()));
    holders.put(known.holder(), new Totals(known.place(), accounts));
    current = isCurrent ? known.holder() : current;
  }

  List<RecoveredHolder> all() {
    List<RecoveredHolder> all = new ArrayList<>();
    holders.forEach((holder, totals) -> all.add(totals.recovered(holder)));
    return all;
  }

  private record Key(String account, YearMonth month) {}

  private record Totals(String place, Map<Key, Long> accounts) {

    RecoveredHolder recovered(UUID holder) {
      List<Spent> rows = new ArrayList<>();
      accounts.forEach((key, nanos) -> rows.add(new Spent(key.account(), key.month(), nanos)));
      return new RecoveredHolder(holder, place, rows);
    }
  }
}
