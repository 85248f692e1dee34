package dev.infermux.ledger;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import java.util.List;

/**
 * Decides who may spend. A reservation is pending until it is settled or released, exactly one of
 * which counts; what is asked of it later changes nothing.
 *
 * <p>Each operation is one atomic step, so that an implementation can put it to a store that
 * several nodes share. One event loop calls them all. Nobody waits for the operations without a
 * result: an implementation takes them in the order in which they come, and logs its failures.
 *
 * <p>A call goes like this: {@link #reserve}, and with the reservation of the verdict the attempt
 * is sent, while the reservation is on its way to the journal. Before anything of the answer is
 * handed out, {@link Durability#durable} must have completed; it nearly always has, long before a
 * provider answers. Then {@link #settle} or {@link #release}. So a process that is killed, at
 * whatever moment, leaves no answer behind that is not in the journal: as settled, or as reserved,
 * and what was reserved and never settled counts as spent. It can only lose the reservation of a
 * call that was admitted less than a millisecond earlier, whose answer nobody has seen; to keep
 * that one too, wait for {@code durable} before the attempt is sent.
 */
public interface Reservations {
  /** Decides on a call and reserves the most that it can cost. */
  Future<BudgetVerdict> reserve(ReservationRequest request);

  /** What {@link #reserve} would decide now; its reservation is not pending. */
  Future<BudgetVerdict> preview(ReservationRequest request);

  /**
   * Settles what failed attempts of a call that goes on cost, and raises what is pending to {@code
   * need} if it is less.
   *
   * @param costs of attempts that were not settled before
   * @param need the most that the next attempt can cost
   * @return false when it does not fit any more: the costs are settled all the same
   */
  Future<Boolean> extend(Reservation reservation, List<CostEntry> costs, Usd need);

  /** Lowers what is pending to what a call can still cost, such as when its answer has begun. */
  void reduce(Reservation reservation, Usd atMost);

  /**
   * Settles what attempts cost and ends the reservation.
   *
   * @param costs of attempts that were not settled before; none = {@link #release}
   */
  void settle(Reservation reservation, List<CostEntry> costs);

  /** Ends the reservation without a further cost. */
  void release(Reservation reservation);

  /** Settles what a call cost that needed no reservation. */
  void record(String caller, List<CostEntry> costs);
}
