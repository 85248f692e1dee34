package dev.infermux.budget;

import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.mist.LocalPayload;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for something that stands in the reports.
 *
 * @param reader makes an immutable answer of them, on a thread of the ledger
 * @param ofAll what is asked of all nodes together; null = this node alone
 */
record ReadReports(Function<Reports, ?> reader, @Nullable ReportSpan ofAll)
    implements LocalPayload {

  /**
   * The reply: what the reader made, with all that was settled before the question.
   *
   * @param partial whether not all nodes could be asked
   */
  record Read(Object answer, boolean partial) implements LocalPayload {}
}
