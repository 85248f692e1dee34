package dev.infermux.budget;

import dev.infermux.budget.InspectAccounts.Inspected;
import dev.infermux.budget.PreviewReservation.Rehearsed;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.report.Reports;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Asks the budget verticle what may be known; changes nothing. Safe on any thread. */
public final class BudgetQueries {

  private final LocalBus bus;
  private final String address;

  /**
   * @param instance whose money it is
   */
  public BudgetQueries(Vertx vertx, String instance) {
    this.bus = new LocalBus(vertx);
    this.address = BusAddresses.budget(instance);
  }

  /**
   * Reads the reports.
   *
   * @param reader makes an immutable answer of them, on a thread of the ledger
   */
  @SuppressWarnings("unchecked") // The verticle tells what the reader gave.
  public <T> Future<T> report(Function<Reports, T> reader) {
    return bus.ask(address, new ReadReports<>(reader), ReadReports.Told.class)
        .map(told -> ((ReadReports.Told<T>) told).answer());
  }

  /** How callers stand this month, and what is held for everybody. */
  public Future<Inspected> inspect(Collection<String> callers) {
    return bus.ask(address, new InspectAccounts(List.copyOf(callers)), Inspected.class);
  }

  /** What a call's budget would say to it now. */
  public Future<Rehearsed> rehearse(ReservationRequest request) {
    return bus.ask(address, new PreviewReservation(request), Rehearsed.class);
  }
}
