package dev.infermux.pipeline;

import dev.infermux.budget.BudgetReserved;
import dev.infermux.budget.ExtendReservation;
import dev.infermux.budget.LedgerUpdate;
import dev.infermux.budget.LedgerUpdates;
import dev.infermux.budget.ReserveBudget;
import dev.infermux.bus.BusAddresses;
import dev.infermux.bus.LocalBus;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;

/**
 * How one cell reaches the money. What nobody waits for is sent together, once the cell's event
 * loop has done what it is at. Only that loop touches it.
 */
public final class BudgetClient {

  private final Vertx vertx;
  private final LocalBus bus;
  private final String address;
  private List<LedgerUpdate> pending = new ArrayList<>();

  public BudgetClient(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.bus = new LocalBus(vertx);
    this.address = BusAddresses.budget(instance);
  }

  Future<BudgetReserved> reserve(ReservationRequest request) {
    Promise<BudgetReserved> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    return bus.hand(address, new ReserveBudget(request, answer), answer);
  }

  Future<Boolean> covers(ExtendReservation cover) {
    return bus.ask(address, cover, ExtendReservation.Covered.class)
        .map(ExtendReservation.Covered::fits);
  }

  void book(LedgerUpdate booking) {
    pending.add(booking);
    if (pending.size() == 1) {
      vertx.runOnContext(later -> flush());
    }
  }

  private void flush() {
    List<LedgerUpdate> together = pending;
    pending = new ArrayList<>();
    bus.tell(address, new LedgerUpdates(together));
  }
}
