package dev.infermux.ledger.report;

/** What one caller spent in a month. */
final class CallerBook {

  final Sum sum = new Sum();
  final Names<Sum> models = new Names<>(Sum::new);
}
