/**
 * Leases of shared budgets: how much a node asks for, when, and what it does while it waits. Knows
 * no database. Internal.
 */
@NullMarked
package dev.infermux.cluster.lease;

import org.jspecify.annotations.NullMarked;
