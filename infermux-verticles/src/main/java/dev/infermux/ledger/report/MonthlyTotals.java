package dev.infermux.ledger.report;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What was spent in one month. */
final class MonthlyTotals {

  final RunningTotals total = new RunningTotals();
  final BoundedNames<CallerTotals> callers = new BoundedNames<>(CallerTotals::new);

  /** All but the callers. */
  final Map<Dimension, BoundedNames<RunningTotals>> others = new EnumMap<>(Dimension.class);

  MonthlyTotals() {
    for (Dimension dimension : Dimension.values()) {
      if (dimension != Dimension.CALLER) {
        others.put(dimension, new BoundedNames<>(RunningTotals::new));
      }
    }
  }

  void add(LedgerEntry ledgerEntry, ReportLimits limits) {
    total.add(ledgerEntry);
    CallerTotals caller = caller(ledgerEntry.caller(), limits);
    caller.sum.add(ledgerEntry);
    caller
        .models
        .of(ledgerEntry.entry().model(), limits.modelsPerCaller(), limits.reserved()::other)
        .add(ledgerEntry);
    for (Dimension dimension : Dimension.ALL) {
      BoundedNames<RunningTotals> names = others.get(dimension);
      if (names != null) {
        names
            .of(dimension.nameIn(ledgerEntry), limits.names(), limits.reserved()::other)
            .add(ledgerEntry);
      }
    }
  }

  void add(SharedSpend spend, ReportLimits limits) {
    Totals totals = spend.totals();
    total.add(totals);
    CallerTotals caller = caller(spend.caller(), limits);
    caller.sum.add(totals);
    caller
        .models
        .of(spend.entry().model(), limits.modelsPerCaller(), limits.reserved()::other)
        .add(totals);
    others.forEach(
        (dimension, names) ->
            names
                .of(dimension.nameIn(spend.place()), limits.names(), limits.reserved()::other)
                .add(totals));
  }

  CallerTotals caller(String name, ReportLimits limits) {
    return callers.of(name, limits.callers(), limits::reservesCaller);
  }

  Map<String, Totals> by(Dimension dimension) {
    BoundedNames<RunningTotals> names = others.get(dimension);
    return names == null
        ? callers.tallies(caller -> caller.sum.tally())
        : names.tallies(RunningTotals::tally);
  }

  Optional<CallerReport> caller(String name) {
    CallerTotals totals = callers.find(name);
    return totals == null
        ? Optional.empty()
        : Optional.of(
            new CallerReport(
                name, totals.sum.tally(), totals.models.tallies(RunningTotals::tally)));
  }
}
