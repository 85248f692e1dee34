package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;

/** A tally under way. */
final class RunningTotals {

  private long nanos;
  private long requests;
  private long promptTokens;
  private long completionTokens;

  void add(LedgerEntry ledgerEntry) {
    CostEntry entry = ledgerEntry.entry();
    nanos = Math.addExact(nanos, entry.cost().nanos());
    requests += ledgerEntry.last() ? 1 : 0;
    promptTokens += entry.promptTokens();
    completionTokens += entry.completionTokens();
  }

  void add(Totals totals) {
    nanos = Math.addExact(nanos, totals.usd().nanos());
    requests += totals.requests();
    promptTokens += totals.promptTokens();
    completionTokens += totals.completionTokens();
  }

  Totals tally() {
    return new Totals(new Usd(nanos), requests, promptTokens, completionTokens);
  }
}
