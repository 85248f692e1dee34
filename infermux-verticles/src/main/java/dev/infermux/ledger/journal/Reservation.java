package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;

/**
 * What a call in flight may still cost.
 *
 * @param atMillis Unix time of its admission
 */
public record Reservation(long id, long atMillis, String caller, Usd amount) {

  Reservation with(Usd amount) {
    return new Reservation(id, atMillis, caller, amount);
  }
}
