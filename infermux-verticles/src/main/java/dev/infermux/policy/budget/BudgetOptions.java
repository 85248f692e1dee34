package dev.infermux.policy.budget;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of all callers.
 *
 * @param stateFile where spend survives a restart; null = memory only
 * @param reserveOutputTokens completion reserved for a call that names no maximum
 * @param trackedCallers callers without a budget of their own with an account each
 */
public record BudgetOptions(
    @Nullable Path stateFile,
    int reserveOutputTokens,
    int trackedCallers,
    List<CallerBudget> callers) {
  private static final BudgetOptions DEFAULTS = new BudgetOptions(null, 1024, 10_000, List.of());

  public BudgetOptions {
    callers = List.copyOf(callers);
  }

  public static BudgetOptions defaults() {
    return DEFAULTS;
  }

  public BudgetOptions withStateFile(@Nullable Path stateFile) {
    return new BudgetOptions(stateFile, reserveOutputTokens, trackedCallers, callers);
  }

  public BudgetOptions withReserveOutputTokens(int reserveOutputTokens) {
    return new BudgetOptions(stateFile, reserveOutputTokens, trackedCallers, callers);
  }

  public BudgetOptions withTrackedCallers(int trackedCallers) {
    return new BudgetOptions(stateFile, reserveOutputTokens, trackedCallers, callers);
  }

  public BudgetOptions withCallers(List<CallerBudget> callers) {
    return new BudgetOptions(stateFile, reserveOutputTokens, trackedCallers, callers);
  }

  /** The same by caller; made anew by each call. */
  public CallerBudgets byCaller() {
    return new CallerBudgets(callers);
  }
}
