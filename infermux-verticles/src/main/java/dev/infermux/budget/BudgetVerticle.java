package dev.infermux.budget;

import dev.infermux.budget.ExtendReservation.Extended;
import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.budget.LedgerUpdate.Ended;
import dev.infermux.budget.LedgerUpdate.Shrunk;
import dev.infermux.budget.LedgerUpdate.Spent;
import dev.infermux.budget.PreviewReservation.Previewed;
import dev.infermux.budget.ReadReports.Read;
import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.Ledger;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only writer of money: all that is reserved and booked passes this one event loop. */
public final class BudgetVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetVerticle.class);
  private static final Future<Void> NOTHING_TO_RECORD = Future.succeededFuture();

  private final String instance;
  private final Ledger ledger;

  public BudgetVerticle(String instance, Ledger ledger) {
    this.instance = instance;
    this.ledger = ledger;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = new LocalBus(vertx);
    BudgetAddresses addresses = new BudgetAddresses(instance);
    return Future.all(
        bus.serve(addresses.reserve(), this::reserve),
        bus.serve(addresses.extend(), this::extend),
        bus.listen(addresses.update(), updates -> updates.all().forEach(this::book)),
        bus.serve(addresses.report(), this::read),
        bus.serve(addresses.inspect(), this::inspect),
        bus.serve(addresses.preview(), this::preview));
  }

  @Override
  public Future<?> stop() {
    return ledger.close();
  }

  private Future<BudgetReserved> reserve(ReserveBudget reserve) {
    return ledger.reserve(reserve.request()).map(this::reserved);
  }

  private BudgetReserved reserved(BudgetVerdict verdict) {
    Reservation reservation = verdict.reservation();
    return new BudgetReserved(
        verdict, () -> reservation == null ? NOTHING_TO_RECORD : ledger.recorded(reservation));
  }

  private Future<Extended> extend(ExtendReservation extend) {
    return charge(extend.reservation(), extend.costs())
        .compose(done -> ledger.extend(extend.reservation(), extend.need()))
        .map(Extended::new);
  }

  private Future<Read> read(ReadReports report) {
    return ledger.reports(reports -> new Read(report.reader().apply(reports)));
  }

  private Future<Inspected> inspect(InspectAccounts inspect) {
    Map<String, AccountView> accounts = new HashMap<>();
    Future<?> asked = Future.succeededFuture();
    for (String caller : inspect.callers()) {
      asked =
          asked
              .compose(before -> ledger.account(caller))
              .onSuccess(account -> accounts.put(caller, account));
    }
    return asked
        .compose(all -> ledger.pending())
        .map(pending -> new Inspected(accounts, pending, ledger.behind()));
  }

  private Future<Previewed> preview(PreviewReservation preview) {
    ReservationRequest request = preview.request();
    return ledger
        .preview(request)
        .compose(
            verdict ->
                ledger.account(request.caller()).map(account -> new Previewed(verdict, account)));
  }

  private Future<?> charge(Reservation reservation, List<CostEntry> charged) {
    Future<?> booked = Future.succeededFuture();
    for (CostEntry entry : charged) {
      booked = booked.compose(done -> ledger.charge(reservation, entry));
    }
    return booked;
  }

  private void book(LedgerUpdate booking) {
    if (booking instanceof Ended ended) {
      end(ended.hold(), ended.charged());
    } else if (booking instanceof Spent spent) {
      ledger
          .reserve(new ReservationRequest(spent.caller(), "", 0, 0, 1, 0, UnitPrice.FREE, null))
          .onSuccess(verdict -> spent(verdict, spent.charged()))
          .onFailure(BudgetVerticle::lost);
    } else if (booking instanceof Shrunk shrunk) {
      ledger.reduce(shrunk.hold(), shrunk.most());
    }
  }

  private void spent(BudgetVerdict verdict, List<CostEntry> charged) {
    Reservation reservation = verdict.reservation();
    if (reservation != null) {
      end(reservation, charged);
    }
  }

  private void end(Reservation reservation, List<CostEntry> charged) {
    if (charged.isEmpty()) {
      ledger.release(reservation).onFailure(BudgetVerticle::lost);
      return;
    }
    int last = charged.size() - 1;
    charge(reservation, charged.subList(0, last))
        .compose(done -> ledger.settle(reservation, charged.get(last)))
        .onSuccess(result -> overrun(reservation, result.overrun()))
        .onFailure(BudgetVerticle::lost);
  }

  /** A provider wrote more than it was allowed to, or charged for what no bound knows. */
  private static void overrun(Reservation reservation, Usd over) {
    if (over.nanos() > 0 && reservation.amount().nanos() > 0) {
      LOG.warn(
          "a call of caller {} cost {} USD more than it could by its request: its provider did not"
              + " keep to max_tokens, or charged for files, audio or searches",
          reservation.caller(),
          over.toDecimal());
    }
  }

  private static void lost(Throwable cause) {
    LOG.error("a cost could not be booked", cause);
  }
}
