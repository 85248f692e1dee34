package dev.infermux.budget;

import dev.infermux.bus.LocalBus;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger as one cell reaches it. What nobody waits for is sent together, once the cell's event
 * loop has done what it is at. Only that loop touches it.
 */
public final class BudgetClient {

  private final Vertx vertx;
  private final LocalBus bus;
  private final BudgetAddresses addresses;
  private List<LedgerUpdate> pending = new ArrayList<>();

  public BudgetClient(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.bus = new LocalBus(vertx);
    this.addresses = new BudgetAddresses(instance);
  }

  public Future<BudgetReserved> reserve(ReservationRequest request) {
    return bus.ask(addresses.reserve(), new ReserveBudget(request));
  }

  public Future<Boolean> covers(ExtendReservation cover) {
    return bus.ask(addresses.extend(), cover).map(ExtendReservation.Extended::fits);
  }

  public void book(LedgerUpdate booking) {
    pending.add(booking);
    if (pending.size() == 1) {
      vertx.runOnContext(later -> flush());
    }
  }

  private void flush() {
    List<LedgerUpdate> together = pending;
    pending = new ArrayList<>();
    bus.tell(addresses.update(), new LedgerUpdates(together));
  }
}
