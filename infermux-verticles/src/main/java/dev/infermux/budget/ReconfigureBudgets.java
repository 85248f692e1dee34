package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.BudgetOptions;

/** Puts other budgets in force; what was spent stays. */
record ReconfigureBudgets(BudgetOptions options) implements LocalPayload {

  /** The reply: calls that are reserved from here on are held to them. */
  record Reconfigured() implements LocalPayload {}
}
