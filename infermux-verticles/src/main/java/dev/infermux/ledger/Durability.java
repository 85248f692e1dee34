package dev.infermux.ledger;

import dev.infermux.policy.budget.Reservation;
import io.vertx.core.Future;

/** What of the ledger would survive the end of this process. Safe on any thread. */
public interface Durability {

  /**
   * Completes, on any thread, when the reservation would survive the end of this process. With a
   * full disk it completes all the same, for calls go on then.
   */
  Future<Void> durable(Reservation reservation);

  /** Called once, on the event loop that calls the ledger from then on; fails with the start. */
  default Future<Void> begin() {
    return Future.succeededFuture();
  }

  /** Completes when all that was done before would survive the end of this process. */
  Future<Void> flush();

  /** Whether spend is in memory alone because the disk does not take it. */
  boolean behind();

  /**
   * Writes everything and gives the files free. Reservations that are pending then count as spent
   * at the next start.
   */
  Future<Void> close();
}
