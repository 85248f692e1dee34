package dev.infermux.budget;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.Reservation;
import java.util.List;

/** A step of a reservation that no call waits for; each is an operation of {@link Reservations}. */
sealed interface LedgerUpdate {

  void applyTo(Reservations ledger);

  /** See {@link Reservations#reduce}. */
  record Reduce(Reservation reservation, Usd atMost) implements LedgerUpdate {
    @Override
    public void applyTo(Reservations ledger) {
      ledger.reduce(reservation, atMost);
    }
  }

  /** See {@link Reservations#settle}. */
  record Settle(Reservation reservation, List<CostEntry> costs) implements LedgerUpdate {
    public Settle {
      costs = List.copyOf(costs);
    }

    @Override
    public void applyTo(Reservations ledger) {
      ledger.settle(reservation, costs);
    }
  }

  /** See {@link Reservations#release}. */
  record Release(Reservation reservation) implements LedgerUpdate {
    @Override
    public void applyTo(Reservations ledger) {
      ledger.release(reservation);
    }
  }

  /** See {@link Reservations#record}. */
  record RecordCosts(String caller, List<CostEntry> costs) implements LedgerUpdate {
    public RecordCosts {
      costs = List.copyOf(costs);
    }

    @Override
    public void applyTo(Reservations ledger) {
      ledger.record(caller, costs);
    }
  }
}
