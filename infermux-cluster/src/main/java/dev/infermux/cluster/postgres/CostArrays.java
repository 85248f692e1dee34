package dev.infermux.cluster.postgres;

import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.ledger.report.LedgerEntry;
import io.vertx.sqlclient.Tuple;

/** What differs between costs, an array each: this is most of what the database is told. */
final class CostArrays {

  private final Long[] sequences;
  private final Double[] seconds;
  private final Long[] nanos;
  private final Boolean[] last;
  private final Long[] promptTokens;
  private final Long[] completionTokens;
  private int size;

  CostArrays(int most) {
    sequences = new Long[most];
    seconds = new Double[most];
    nanos = new Long[most];
    last = new Boolean[most];
    promptTokens = new Long[most];
    completionTokens = new Long[most];
  }

  /** How many there are. */
  int size() {
    return size;
  }

  void add(SharedEntry shared) {
    LedgerEntry entry = shared.entry();
    CostEntry cost = entry.entry();
    sequences[size] = shared.sequence();
    // Exact to the microsecond, which the database keeps, until 2106.
    seconds[size] = entry.atMillis() / 1e3;
    nanos[size] = cost.cost().nanos();
    last[size] = entry.last();
    promptTokens[size] = cost.promptTokens();
    completionTokens[size] = cost.completionTokens();
    size++;
  }

  void to(Tuple values) {
    values
        .addArrayOfLong(sequences)
        .addArrayOfDouble(seconds)
        .addArrayOfLong(nanos)
        .addArrayOfBoolean(last)
        .addArrayOfLong(promptTokens)
        .addArrayOfLong(completionTokens);
  }
}
