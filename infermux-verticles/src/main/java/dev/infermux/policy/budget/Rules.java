package dev.infermux.policy.budget;

import dev.infermux.policy.budget.options.BudgetOptions;
import dev.infermux.policy.budget.options.CallerBudget;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configured budgets by caller. */
final class Rules {

  private final Map<String, Rule> own = new HashMap<>();

  /** Of each caller without its own; null = those have none. */
  final @Nullable Rule everyoneElse;

  final int reserveOutputTokens;
  final int mostCallers;

  Rules(BudgetOptions options) {
    options.callers().forEach(budget -> own.put(budget.caller(), Rule.of(budget)));
    everyoneElse = own.remove(CallerBudget.EVERYONE_ELSE);
    reserveOutputTokens = options.reserveOutputTokens();
    mostCallers = options.trackedCallers();
  }

  boolean names(String caller) {
    return own.containsKey(caller);
  }

  @Nullable Rule of(String caller) {
    Rule rule = own.get(caller);
    return rule == null ? everyoneElse : rule;
  }
}
