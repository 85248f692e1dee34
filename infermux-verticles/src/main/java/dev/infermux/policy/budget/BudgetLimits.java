package dev.infermux.policy.budget;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured budgets by caller. */
final class BudgetLimits {

  private final Map<String, BudgetLimit> own = new HashMap<>();

  /** Of each caller without its own; null = those have none. */
  final @Nullable BudgetLimit everyoneElse;

  final int mostCallers;

  private final ReservedNames reserved;

  BudgetLimits(BudgetOptions options) {
    reserved = options.reserved();
    options.callers().forEach(budget -> own.put(budget.caller(), BudgetLimit.of(budget)));
    everyoneElse = own.remove(CallerBudget.EVERYONE_ELSE);
    mostCallers = options.trackedCallers();
  }

  /** Whether a caller has an account of its own however many others have come. */
  boolean names(String caller) {
    return own.containsKey(caller) || reserved.caller(caller);
  }

  @Nullable BudgetLimit of(String caller) {
    BudgetLimit budget = own.get(caller);
    return budget == null ? everyoneElse : budget;
  }
}
