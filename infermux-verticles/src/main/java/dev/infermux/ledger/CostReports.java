package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.AccountView;
import io.vertx.core.Future;
import java.util.function.Function;

/** What was spent and what is pending. The event loop of {@link Reservations} asks. */
public interface CostReports {

  /**
   * Reads the reports, with all that was settled before.
   *
   * @param reader makes an immutable answer of them, on a thread of the ledger
   */
  <T> Future<T> reports(Function<Reports, T> reader);

  /**
   * Reads the reports of all nodes that share the ledger, of one node where none does.
   *
   * @param span what of them is read
   * @param reader makes an immutable answer of them, on some thread
   */
  default <T> Future<Everyones<T>> reportsOfAll(ReportSpan span, Function<Reports, T> reader) {
    return reports(reader).map(answer -> new Everyones<>(answer, false));
  }

  /** A caller's account this month. */
  Future<AccountView> account(String caller);

  /** The reservations that are neither settled nor released. */
  Future<PendingTotals> pending();

  /**
   * An answer from the reports of all nodes.
   *
   * @param partial whether it is from this node's alone, since the others could not be asked
   */
  record Everyones<T>(T answer, boolean partial) {}

  /**
   * Pending reservations of all callers.
   *
   * @param amount what their calls may still cost
   */
  record PendingTotals(int count, Usd amount) {}
}
