package dev.infermux.policy.budget;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may spend in a calendar month (UTC).
 *
 * @param caller {@link #EVERYONE_ELSE} = each caller that has no budget of its own
 * @param modelOverride the cheaper model to fall back to; null = none
 */
public record CallerBudget(
    String caller, BigDecimal monthlyUsd, BudgetAction action, @Nullable String modelOverride) {
  public static final String EVERYONE_ELSE = "*";
}
