package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;

/**
 * Money set aside for one call. The handle is immutable and may cross threads; what is left of the
 * hold is known to its {@link Accounts}.
 *
 * @param id of the hold among those of its ledger
 * @param admittedMillis Unix time of the admission: its month bears the charge, whenever that comes
 * @param amount what was held at first
 */
public record Reservation(long id, String caller, long admittedMillis, Usd amount) {}
