package dev.infermux.budget;

import dev.infermux.ledger.report.Reports;
import dev.infermux.mist.LocalPayload;
import java.util.function.Function;

/**
 * Asks for something that stands in the reports.
 *
 * @param reader makes an immutable answer of them, on a thread of the ledger
 */
record ReadReports(Function<Reports, ?> reader) implements LocalPayload {

  /** The reply: what the reader made, with all that was settled before the question. */
  record Read(Object answer) implements LocalPayload {}
}
