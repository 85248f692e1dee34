package dev.infermux.pipeline;

import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.ledger.report.CostEntry;
import java.util.ArrayList;
import java.util.List;

/** What a call's attempts were charged, as it is written down. */
final class CostEntries {

  private CostEntries() {}

  /** For the attempts not booked yet; they are booked by being asked for. */
  static List<CostEntry> unbooked(CallContext context) {
    List<CostEntry> entries = new ArrayList<>(1);
    for (AttemptRecord attempt : context.attempts().unbooked()) {
      AttemptCost charge = attempt.charge();
      if (charge != null) {
        entries.add(
            new CostEntry(
                context.call().attribution().project(),
                context.group(),
                attempt.provider(),
                attempt.model(),
                charge.cost().amount(),
                charge.usage().promptTokens(),
                charge.usage().completionTokens()));
      }
    }
    return entries;
  }
}
