package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A budget in nano-dollars. */
record BudgetLimit(long limit, BudgetAction action, @Nullable String override) {

  /** Limits end here ($2.3 billion), so that no sum on the way to one overflows. */
  static final long MOST = Long.MAX_VALUE / 4;

  private static final BigDecimal MOST_USD = BigDecimal.valueOf(MOST, 9);

  static BudgetLimit of(CallerBudget budget) {
    String override = budget.modelOverride();
    return new BudgetLimit(
        Usd.of(budget.monthlyUsd().min(MOST_USD).max(BigDecimal.ZERO)).nanos(),
        budget.action(),
        override == null || override.isEmpty() ? null : override);
  }
}
