package dev.infermux.operations;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import io.vertx.core.Future;
import java.util.function.Function;

/** Where reports of spend come from: this node, or all that share the budgets. Any thread's. */
final class SpendSource {

  private final BudgetQueries ledger;
  private final boolean nodeAlone;
  private volatile boolean partial;

  SpendSource(BudgetQueries ledger, boolean nodeAlone) {
    this.ledger = ledger;
    this.nodeAlone = nodeAlone;
  }

  <T> Future<T> report(ReportSpan span, Function<Reports, T> reader) {
    return nodeAlone
        ? ledger.report(reader)
        : ledger
            .reportOfAll(span, reader)
            .map(
                everyones -> {
                  partial |= everyones.partial();
                  return everyones.answer();
                });
  }

  /** Whether some answer was of this node alone although all were asked for. */
  boolean partial() {
    return partial;
  }
}
