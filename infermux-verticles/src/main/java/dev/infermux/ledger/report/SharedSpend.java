package dev.infermux.ledger.report;

/**
 * A sum of costs of several nodes, over all that is named and a span of time.
 *
 * @param atMillis Unix time of some moment in the span
 * @param entry its names, tokens and cost
 */
public record SharedSpend(long atMillis, String caller, long requests, CostEntry entry) {

  Totals totals() {
    return new Totals(entry.cost(), requests, entry.promptTokens(), entry.completionTokens());
  }

  /** Where it stands. */
  LedgerEntry place() {
    return new LedgerEntry(atMillis, caller, false, entry);
  }
}
