package dev.infermux.resilience;

import dev.infermux.inference.Usd;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.LocalLedger;
import dev.infermux.ledger.Reservations;
import dev.infermux.ledger.report.CostEntry;
import dev.infermux.policy.budget.BudgetVerdict;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.budget.ReservationRequest;
import io.vertx.core.Future;
import java.util.List;

/** A ledger whose every step may throw; what it is told at the end it has done by then. */
record BombedLedger(LocalLedger ledger, Bomb bomb) implements Reservations, Durability {

  @Override
  public Future<BudgetVerdict> reserve(ReservationRequest request) {
    bomb.at(Bomb.Step.RESERVE);
    return ledger.reserve(request);
  }

  @Override
  public Future<BudgetVerdict> preview(ReservationRequest request) {
    return ledger.preview(request);
  }

  @Override
  public Future<Boolean> extend(Reservation reservation, List<CostEntry> costs, Usd need) {
    return ledger.extend(reservation, costs, need);
  }

  @Override
  public void reduce(Reservation reservation, Usd atMost) {
    ledger.reduce(reservation, atMost);
    bomb.at(Bomb.Step.REDUCE);
  }

  @Override
  public void settle(Reservation reservation, List<CostEntry> costs) {
    ledger.settle(reservation, costs);
    bomb.at(Bomb.Step.BOOK);
  }

  @Override
  public void release(Reservation reservation) {
    ledger.release(reservation);
    bomb.at(Bomb.Step.BOOK);
  }

  @Override
  public void record(String caller, List<CostEntry> costs) {
    ledger.record(caller, costs);
    bomb.at(Bomb.Step.BOOK);
  }

  @Override
  public Future<Void> durable(Reservation reservation) {
    bomb.at(Bomb.Step.DURABLE);
    return ledger.durable(reservation);
  }

  @Override
  public Future<Void> flush() {
    return ledger.flush();
  }

  @Override
  public boolean behind() {
    return ledger.behind();
  }

  @Override
  public Future<Void> close() {
    return ledger.close();
  }
}
