package dev.infermux.budget;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.Reservation;
import java.util.List;

/** A step of a reservation that nobody waits for. */
public sealed interface LedgerUpdate {

  void applyTo(Reservations ledger);

  /**
   * A call is over; its hold ends.
   *
   * @param charged what its attempts cost that was not told before; empty when nothing was charged
   */
  record Ended(Reservation hold, List<CostEntry> charged) implements LedgerUpdate {
    public Ended {
      charged = List.copyOf(charged);
    }

    @Override
    public void applyTo(Reservations ledger) {
      ledger.settle(hold, charged);
    }
  }

  /** A call that needed no hold is over. */
  record Spent(String caller, List<CostEntry> charged) implements LedgerUpdate {
    public Spent {
      charged = List.copyOf(charged);
    }

    @Override
    public void applyTo(Reservations ledger) {
      ledger.record(caller, charged);
    }
  }

  /** A call can no longer cost more than this. */
  record Shrunk(Reservation hold, Usd most) implements LedgerUpdate {
    @Override
    public void applyTo(Reservations ledger) {
      ledger.reduce(hold, most);
    }
  }
}
