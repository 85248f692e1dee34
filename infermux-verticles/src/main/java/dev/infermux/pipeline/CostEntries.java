package dev.infermux.pipeline;

import dev.infermux.inference.record.AttemptCost;
import dev.infermux.ledger.report.CostEntry;
import java.util.ArrayList;
import java.util.List;

/** What the attempts of a call cost, as the ledger keeps it. */
final class CostEntries {

  private CostEntries() {}

  /** Of the attempts that the ledger does not know yet; from now on it does. */
  static List<CostEntry> takeUnsettled(CallContext context) {
    List<CostEntry> entries = new ArrayList<>(1);
    for (AttemptLog.Ended one : context.attempts().takeUnsettled()) {
      AttemptCost charge = one.record().charge();
      if (charge != null) {
        entries.add(
            new CostEntry(
                context.call().attribution().project(),
                one.attempt().choice().group(),
                one.record().provider(),
                one.record().model(),
                charge.cost().amount(),
                charge.usage().promptTokens(),
                charge.usage().completionTokens()));
      }
    }
    return entries;
  }
}
