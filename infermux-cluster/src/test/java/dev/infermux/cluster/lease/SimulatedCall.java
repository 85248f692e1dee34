package dev.infermux.cluster.lease;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import dev.infermux.policy.budget.UnitPrice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a simulation: what it may cost, and what it will. */
final class SimulatedCall {

  /** A nano-dollar for each token of the prompt. */
  private static final UnitPrice PRICE = new UnitPrice(new Usd(1_000_000), Usd.ZERO);

  final int caller;
  final long hold;
  final long cost;
  final long arrived;
  @Nullable Reservation reservation;

  SimulatedCall(int caller, long hold, long cost, long arrived) {
    this.caller = caller;
    this.hold = hold;
    this.cost = cost;
    this.arrived = arrived;
  }

  static String name(int caller) {
    return "caller-" + caller;
  }

  static ReservationRequest request(String caller, long nanos) {
    return new ReservationRequest(
        caller, "m", nanos, 0, 1, 0, PRICE, null, ReservationRequest.Unlimited.FREELY);
  }

  static List<CostEntry> costs(long nanos) {
    return List.of(new CostEntry("", "", "p", "m", new Usd(nanos), 1, 1));
  }
}
