package dev.infermux.ledger.journal;

import dev.infermux.inference.Usd;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call in flight may still cost.
 *
 * @param atMillis Unix time of its admission
 * @param account whose account it stands in
 * @param holder which holder of leases has it; null = none
 */
public record RecoveredReservation(
    long id, long atMillis, String caller, Usd amount, String account, @Nullable UUID holder) {

  RecoveredReservation with(Usd amount) {
    return new RecoveredReservation(id, atMillis, caller, amount, account, holder);
  }
}
