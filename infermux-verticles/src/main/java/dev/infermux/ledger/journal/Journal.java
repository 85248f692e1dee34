package dev.infermux.ledger.journal;

import dev.infermux.ledger.report.ReportLimits;
import dev.infermux.ledger.report.Reports;
import io.vertx.core.Future;
import java.util.function.Function;

/** Where changes to the ledger are kept, and the sums that they come to. */
public interface Journal {

  /** Takes a record, in rising sequence and from one thread alone; never blocks, never fails. */
  void append(JournalRecord record);

  /**
   * Completes, on any thread, when a record appended before is safe from the end of the process. To
   * be asked from any thread.
   */
  Future<Void> durable(long sequence);

  /** The same for all records appended before, as soon as can be. */
  Future<Void> flush();

  /**
   * Reads where the reports live, after all that was appended before.
   *
   * @param reader makes an immutable answer of them
   */
  <T> Future<T> read(Function<Reports, T> reader);

  void limits(ReportLimits limits);

  /** Whether records are in memory alone although they should not be. Any thread's. */
  boolean behind();

  Future<Void> close();
}
