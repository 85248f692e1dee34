package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * The account of a caller this month.
 *
 * @param limit null = the caller has no budget
 */
public record AccountView(
    String caller, YearMonth month, Usd spent, Usd pending, @Nullable Usd limit) {

  /**
   * What may still be spent, what is pending counted as spent; never below zero; null without a
   * budget.
   */
  public @Nullable Usd remaining() {
    return limit == null
        ? null
        : new Usd(Math.max(0, limit.nanos() - spent.nanos() - pending.nanos()));
  }
}
