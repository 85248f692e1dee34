package dev.infermux.budget;

import dev.infermux.bus.LocalAddress;
import dev.infermux.bus.LocalBus;
import dev.infermux.bus.LocalInbox;
import dev.infermux.inference.Usd;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The reservations of the ledger as one cell reaches them: over the bus. What nobody waits for is
 * sent together, once the cell's event loop has finished its present task; what ends a reservation
 * is sent at once, so that a caller who has the whole answer finds its money free again, whichever
 * cell takes the next call. Only that loop touches it.
 */
public final class BudgetClient implements Reservations {

  private static final Duration RETRY = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Timers timers;
  private final LocalBus bus;
  private final BudgetAddresses addresses;
  private final LocalAddress<ReserveBudget, BudgetReserved> reserve;
  private final LocalInbox<LedgerUpdates> update;
  private List<LedgerUpdate> unsent = new ArrayList<>();
  private boolean scheduled;

  public BudgetClient(Vertx vertx, String instance, Timers timers) {
    this.vertx = vertx;
    this.timers = timers;
    this.bus = LocalBus.ofVerticle(vertx);
    this.addresses = new BudgetAddresses(instance);
    this.reserve = addresses.reserve();
    this.update = addresses.update();
  }

  @Override
  public Future<BudgetVerdict> reserve(ReservationRequest request) {
    return bus.ask(reserve, new ReserveBudget(request)).map(BudgetReserved::verdict);
  }

  @Override
  public Future<BudgetVerdict> preview(ReservationRequest request) {
    return bus.ask(addresses.preview(), new PreviewReservation(request))
        .map(PreviewReservation.Previewed::verdict);
  }

  @Override
  public Future<Boolean> extend(Reservation reservation, List<CostEntry> costs, Usd need) {
    // Earlier steps of this task first: one of them may have reduced the reservation.
    send();
    return bus.ask(addresses.extend(), new ExtendReservation(reservation, costs, need))
        .map(ExtendReservation.Extended::fits);
  }

  @Override
  public void reduce(Reservation reservation, Usd atMost) {
    add(new LedgerUpdate.Reduce(reservation, atMost));
  }

  @Override
  public void settle(Reservation reservation, List<CostEntry> costs) {
    add(new LedgerUpdate.Settle(reservation, costs));
    send();
  }

  @Override
  public void release(Reservation reservation) {
    add(new LedgerUpdate.Release(reservation));
    send();
  }

  @Override
  public void record(String caller, List<CostEntry> costs) {
    add(new LedgerUpdate.RecordCosts(caller, costs));
  }

  private void add(LedgerUpdate update) {
    unsent.add(update);
    if (!scheduled) {
      scheduled = true;
      vertx.runOnContext(
          later -> {
            scheduled = false;
            send();
          });
    }
  }

  private void send() {
    if (unsent.isEmpty()) {
      return;
    }
    List<LedgerUpdate> together = unsent;
    unsent = new ArrayList<>();
    try {
      bus.tell(update, new LedgerUpdates(together));
    } catch (Throwable bug) {
      // They go with those that follow: the ledger must not lose a cost.
      unsent = new ArrayList<>(together);
      timers.start(RETRY, this::send);
      throw bug;
    }
  }
}
