package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.time.YearMonth;

/**
 * A caller's spend has reached a mark for the first time in a month.
 *
 * @param caller {@link Accounts#OTHER} for those who share an account
 * @param percent of the limit: 80, 100, and each further 100
 */
public record BudgetAlert(
    String caller, YearMonth month, int percent, Usd limit, Usd spent, BudgetAction action) {}
