package dev.infermux.policy.budget;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The budgets by caller, found without a search. Immutable; safe on any thread. */
public final class CallerBudgets {

  private final Map<String, CallerBudget> byCaller = new HashMap<>();
  private final @Nullable CallerBudget everyoneElse;

  CallerBudgets(List<CallerBudget> callers) {
    callers.forEach(budget -> byCaller.putIfAbsent(budget.caller(), budget));
    everyoneElse = byCaller.get(CallerBudget.EVERYONE_ELSE);
  }

  /** The budget that counts for a caller, that of {@code *} included; null when none does. */
  public @Nullable CallerBudget of(String caller) {
    CallerBudget own = byCaller.get(caller);
    return own == null ? everyoneElse : own;
  }
}
