package dev.infermux.budget;

import dev.infermux.budget.ExtendReservation.Extended;
import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.budget.PreviewReservation.Previewed;
import dev.infermux.budget.ReadReports.Read;
import dev.infermux.budget.ReconfigureBudgets.Reconfigured;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.BudgetTerms;
import dev.infermux.ledger.CostReports;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.ReportSpan;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only writer of money: all that is reserved and settled passes this one event loop. */
public final class BudgetVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetVerticle.class);

  private final String instance;
  private final Reservations reservations;
  private final CostReports reports;
  private final Durability durability;
  private final BudgetTerms terms;

  public BudgetVerticle(
      String instance,
      Reservations reservations,
      CostReports reports,
      Durability durability,
      BudgetTerms terms) {
    this.terms = terms;
    this.instance = instance;
    this.reservations = reservations;
    this.reports = reports;
    this.durability = durability;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = new LocalBus(vertx);
    BudgetAddresses addresses = new BudgetAddresses(instance);
    return Future.all(
            List.of(
                bus.serve(addresses.reserve(), this::reserve),
                bus.serve(addresses.extend(), this::extend),
                bus.listen(addresses.update(), this::update),
                bus.serve(addresses.report(), this::read),
                bus.serve(addresses.inspect(), this::inspect),
                bus.serve(addresses.preview(), this::preview),
                bus.serve(addresses.reconfigure(), this::reconfigure)))
        .compose(serving -> durability.begin());
  }

  @Override
  public Future<?> stop() {
    return durability.close();
  }

  private Future<BudgetReserved> reserve(ReserveBudget reserve) {
    return reservations
        .reserve(reserve.request())
        .map(verdict -> new BudgetReserved(verdict, reservations));
  }

  private Future<Extended> extend(ExtendReservation extend) {
    return reservations
        .extend(extend.reservation(), extend.costs(), extend.need())
        .map(Extended::new);
  }

  private Future<Read> read(ReadReports report) {
    ReportSpan span = report.ofAll();
    return span == null
        ? reports.reports(all -> new Read(report.reader().apply(all), false))
        : reports
            .<Object>reportsOfAll(span, all -> report.reader().apply(all))
            .map(everyones -> new Read(everyones.answer(), everyones.partial()));
  }

  private Future<Inspected> inspect(InspectAccounts inspect) {
    Map<String, AccountView> accounts = new HashMap<>();
    Future<?> asked = Future.succeededFuture();
    for (String caller : inspect.callers()) {
      asked =
          asked
              .compose(before -> reports.account(caller))
              .onSuccess(account -> accounts.put(caller, account));
    }
    return asked
        .compose(all -> reports.pending())
        .map(pending -> new Inspected(accounts, pending, durability.behind()));
  }

  private Future<Previewed> preview(PreviewReservation preview) {
    ReservationRequest request = preview.request();
    return reservations
        .preview(request)
        .compose(
            verdict ->
                reports.account(request.caller()).map(account -> new Previewed(verdict, account)));
  }

  private Future<Reconfigured> reconfigure(ReconfigureBudgets change) {
    terms.reconfigure(change.options());
    return Future.succeededFuture(new Reconfigured());
  }

  /** One update that fails leaves the others as they are. */
  private void update(LedgerUpdates updates) {
    for (LedgerUpdate update : updates.all()) {
      try {
        update.applyTo(reservations);
      } catch (Throwable bug) {
        LOG.error("a cost could not be booked", bug);
      }
    }
  }
}
