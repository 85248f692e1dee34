package dev.infermux.ledger.report;

/** What one caller spent in a month. */
final class CallerTotals {

  final RunningTotals sum = new RunningTotals();
  final BoundedNames<RunningTotals> models = new BoundedNames<>(RunningTotals::new);
}
