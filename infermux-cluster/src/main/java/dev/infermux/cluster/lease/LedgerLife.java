package dev.infermux.cluster.lease;

import dev.infermux.policy.budget.BudgetOptions;
import io.vertx.core.Future;

/** What a ledger has to tell of its own beginning, changes and end. */
interface LedgerLife {

  Future<Void> begin();

  /** The budgets in force. */
  BudgetOptions budgets();

  /** Other budgets are in force. */
  void configured(BudgetOptions options);

  /** Something was settled or released. */
  void changed();

  Future<Void> close();
}
