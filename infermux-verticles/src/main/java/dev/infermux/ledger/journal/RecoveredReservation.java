package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;

/**
 * What a call in flight may still cost.
 *
 * @param atMillis Unix time of its admission
 */
public record RecoveredReservation(long id, long atMillis, String caller, Usd amount) {

  RecoveredReservation with(Usd amount) {
    return new RecoveredReservation(id, atMillis, caller, amount);
  }
}
