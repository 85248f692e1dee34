package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.BudgetVerdict;

/** The reply to a {@link ReserveBudget}. */
record BudgetReserved(BudgetVerdict verdict) implements LocalPayload {}
