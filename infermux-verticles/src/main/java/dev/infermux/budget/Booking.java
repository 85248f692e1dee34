package dev.infermux.budget;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.Hold;
import java.util.List;

/** Something to write down that nobody waits for. */
public sealed interface Booking {

  /**
   * A call is over; its hold ends.
   *
   * @param charged what its attempts cost that was not told before; empty when nothing was charged
   */
  record Ended(Hold hold, List<CostEntry> charged) implements Booking {
    public Ended {
      charged = List.copyOf(charged);
    }
  }

  /** A call that needed no hold is over. */
  record Spent(String caller, List<CostEntry> charged) implements Booking {
    public Spent {
      charged = List.copyOf(charged);
    }
  }

  /** A call can no longer cost more than this. */
  record Shrunk(Hold hold, Usd most) implements Booking {}
}
