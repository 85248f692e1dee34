package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import java.util.List;

/** What one cell has to tell the ledger, in order. */
record LedgerUpdates(List<LedgerUpdate> all) implements LocalPayload {

  LedgerUpdates {
    all = List.copyOf(all);
  }
}
