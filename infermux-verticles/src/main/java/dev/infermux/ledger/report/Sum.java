package dev.infermux.ledger.report;

import dev.infermux.inference.Usd;

/** A tally under way. */
final class Sum {

  private long nanos;
  private long requests;
  private long promptTokens;
  private long completionTokens;

  void add(Line line) {
    CostEntry entry = line.entry();
    nanos = Math.addExact(nanos, entry.cost().nanos());
    requests += line.last() ? 1 : 0;
    promptTokens += entry.promptTokens();
    completionTokens += entry.completionTokens();
  }

  void add(Tally tally) {
    nanos = Math.addExact(nanos, tally.usd().nanos());
    requests += tally.requests();
    promptTokens += tally.promptTokens();
    completionTokens += tally.completionTokens();
  }

  Tally tally() {
    return new Tally(new Usd(nanos), requests, promptTokens, completionTokens);
  }
}
