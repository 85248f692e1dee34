package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;

/**
 * Money reserved for one call. The handle is immutable and may cross threads; what is left of the
 * reservation is known to its {@link Accounts}.
 *
 * @param id among the reservations of its ledger
 * @param admittedMillis Unix time of the admission: the cost stands in its month, whenever it comes
 * @param amount what was reserved at first
 */
public record Reservation(long id, String caller, long admittedMillis, Usd amount) {}
