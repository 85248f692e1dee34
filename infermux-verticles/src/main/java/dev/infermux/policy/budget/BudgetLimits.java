package dev.infermux.policy.budget;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured budgets by caller. */
final class BudgetLimits {

  private final Map<String, BudgetLimit> own = new HashMap<>();

  /** Of each caller without its own; null = those have none. */
  final @Nullable BudgetLimit everyoneElse;

  final int reserveOutputTokens;
  final int mostCallers;

  BudgetLimits(BudgetOptions options) {
    options.callers().forEach(budget -> own.put(budget.caller(), BudgetLimit.of(budget)));
    everyoneElse = own.remove(CallerBudget.EVERYONE_ELSE);
    reserveOutputTokens = options.reserveOutputTokens();
    mostCallers = options.trackedCallers();
  }

  boolean names(String caller) {
    return own.containsKey(caller);
  }

  @Nullable BudgetLimit of(String caller) {
    BudgetLimit budget = own.get(caller);
    return budget == null ? everyoneElse : budget;
  }
}
