package dev.infermux.ledger;

import dev.infermux.policy.budget.BudgetOptions;

/** The budgets that a ledger holds callers to. One event loop calls it. */
public interface BudgetTerms {

  /** Puts other budgets in force. What was spent and is pending stays; so does the state file. */
  void reconfigure(BudgetOptions options);
}
