package dev.infermux.budget;

import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.budget.LedgerUpdate.Ended;
import dev.infermux.budget.LedgerUpdate.Shrunk;
import dev.infermux.budget.LedgerUpdate.Spent;
import dev.infermux.budget.PreviewReservation.Rehearsed;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.Ledger;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.Payload;
import dev.infermux.policy.budget.AccountView;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
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
    return vertx
        .eventBus()
        .<Envelope>localConsumer(BusAddresses.budget(instance))
        .handler(message -> handle(bus, message))
        .completion();
  }

  @Override
  public Future<?> stop() {
    return ledger.close();
  }

  private void handle(LocalBus bus, Message<Envelope> message) {
    Payload payload = message.body().payload();
    if (payload instanceof LedgerUpdates bookings) {
      bookings.all().forEach(this::book);
    } else if (payload instanceof ReserveBudget reserve) {
      reserve(reserve);
    } else if (payload instanceof ExtendReservation cover) {
      bus.reply(message, cover(cover).map(ExtendReservation.Covered::new));
    } else {
      inform(bus, message);
    }
  }

  /** Answers questions that change nothing. */
  private void inform(LocalBus bus, Message<Envelope> message) {
    Payload payload = message.body().payload();
    if (payload instanceof ReadReports<?> report) {
      bus.reply(message, read(report));
    } else if (payload instanceof InspectAccounts inspect) {
      bus.reply(message, inspected(inspect));
    } else if (payload instanceof PreviewReservation rehearse) {
      ReservationRequest request = rehearse.request();
      bus.reply(
          message,
          ledger
              .preview(request)
              .compose(
                  verdict ->
                      ledger
                          .account(request.caller())
                          .map(account -> new Rehearsed(verdict, account))));
    }
  }

  private <T> Future<ReadReports.Told<T>> read(ReadReports<T> report) {
    return NOTHING_TO_RECORD
        .compose(any -> ledger.reports(report.reader()))
        .map(ReadReports.Told::new);
  }

  private Future<Inspected> inspected(InspectAccounts inspect) {
    Map<String, AccountView> accounts = new HashMap<>();
    Future<?> asked = NOTHING_TO_RECORD;
    for (String caller : inspect.callers()) {
      asked =
          asked
              .compose(before -> ledger.account(caller))
              .onSuccess(account -> accounts.put(caller, account));
    }
    return asked
        .compose(all -> ledger.pending())
        .map(holds -> new Inspected(accounts, holds, ledger.behind()));
  }

  private void reserve(ReserveBudget reserve) {
    try {
      ledger.reserve(reserve.request()).map(this::reserved).onComplete(reserve.answer());
    } catch (RuntimeException bug) {
      reserve.answer().tryFail(bug);
    }
  }

  private BudgetReserved reserved(BudgetVerdict verdict) {
    Reservation reservation = verdict.reservation();
    return new BudgetReserved(
        verdict, () -> reservation == null ? NOTHING_TO_RECORD : ledger.recorded(reservation));
  }

  private Future<Boolean> cover(ExtendReservation cover) {
    return charge(cover.hold(), cover.charged())
        .compose(done -> ledger.extend(cover.hold(), cover.need()));
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
