package dev.infermux.pipeline.money;

import dev.infermux.budget.Booking;
import dev.infermux.budget.Bookings;
import dev.infermux.budget.Cover;
import dev.infermux.budget.Reserve;
import dev.infermux.budget.Reserved;
import dev.infermux.inference.bus.BusAddresses;
import dev.infermux.inference.bus.LocalBus;
import dev.infermux.policy.budget.HoldRequest;
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
  private List<Booking> pending = new ArrayList<>();

  public BudgetClient(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.bus = new LocalBus(vertx);
    this.address = BusAddresses.budget(instance);
  }

  Future<Reserved> reserve(HoldRequest request) {
    Promise<Reserved> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    return bus.hand(address, new Reserve(request, answer), answer);
  }

  Future<Boolean> covers(Cover cover) {
    return bus.ask(address, cover, Cover.Covered.class).map(Cover.Covered::fits);
  }

  void book(Booking booking) {
    pending.add(booking);
    if (pending.size() == 1) {
      vertx.runOnContext(later -> flush());
    }
  }

  private void flush() {
    List<Booking> together = pending;
    pending = new ArrayList<>();
    bus.tell(address, new Bookings(together));
  }
}
