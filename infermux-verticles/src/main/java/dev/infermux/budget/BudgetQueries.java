package dev.infermux.budget;

import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.budget.PreviewReservation.Previewed;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.CostReports.Everyones;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks the budget verticle what may be known, and tells it of other budgets. Any thread. */
public final class BudgetQueries {

  private final LocalBus bus;
  private final BudgetAddresses addresses;
  private final Supplier<Future<Void>> settled;

  /**
   * @param instance whose ledger it is
   */
  public BudgetQueries(Vertx vertx, String instance) {
    this(vertx, instance, Future::succeededFuture);
  }

  /**
   * Reads what stands in the ledger once all is there that has happened by now.
   *
   * @param settled completes, on the context of the caller, when that is so
   */
  public BudgetQueries(Vertx vertx, String instance, Supplier<Future<Void>> settled) {
    this.bus = new LocalBus(vertx);
    this.addresses = new BudgetAddresses(instance);
    this.settled = settled;
  }

  /**
   * Reads the reports.
   *
   * @param reader makes an immutable answer of them, on a thread of the ledger
   */
  @SuppressWarnings("unchecked") // The answer is what the reader made.
  public <T> Future<T> report(Function<Reports, T> reader) {
    return settled
        .get()
        .compose(done -> bus.ask(addresses.report(), new ReadReports(reader, null)))
        .map(read -> (T) read.answer());
  }

  /** The same of all nodes that share the ledger. */
  @SuppressWarnings("unchecked") // The answer is what the reader made.
  public <T> Future<Everyones<T>> reportOfAll(ReportSpan span, Function<Reports, T> reader) {
    return settled
        .get()
        .compose(done -> bus.ask(addresses.report(), new ReadReports(reader, span)))
        .map(read -> new Everyones<>((T) read.answer(), read.partial()));
  }

  /** Each caller's account this month, and what is pending for all. */
  public Future<Inspected> inspect(Collection<String> callers) {
    InspectAccounts inspect = new InspectAccounts(List.copyOf(callers));
    return settled.get().compose(done -> bus.ask(addresses.inspect(), inspect));
  }

  /** Puts other budgets in force; completes when calls are held to them. */
  public Future<Void> reconfigure(BudgetOptions options) {
    return bus.ask(addresses.reconfigure(), new ReconfigureBudgets(options)).mapEmpty();
  }

  /** What a call's budget would decide now. */
  public Future<Previewed> preview(ReservationRequest request) {
    return bus.ask(addresses.preview(), new PreviewReservation(request));
  }
}
