package dev.infermux.policy.budget;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets of all callers.
 *
 * @param stateFile where spend survives a restart; null = memory only
 * @param reserveOutputTokens the most that is reserved for a call that names no maximum
 * @param trackedCallers callers without a budget of their own with an account each
 * @param unpriced what becomes of a caller with a hard limit at a model without a price
 * @param reserved names whose place no stranger takes
 * @param shared null = one node has them all
 */
public record BudgetOptions(
    @Nullable Path stateFile,
    int reserveOutputTokens,
    int trackedCallers,
    List<CallerBudget> callers,
    UnpricedAction unpriced,
    ReservedNames reserved,
    @Nullable SharedBudgetOptions shared) {
  private static final BudgetOptions DEFAULTS =
      new BudgetOptions(
          null, 16_384, 10_000, List.of(), UnpricedAction.REFUSE, ReservedNames.NONE, null);

  public BudgetOptions {
    callers = List.copyOf(callers);
  }

  public static BudgetOptions defaults() {
    return DEFAULTS;
  }

  public BudgetOptions withStateFile(@Nullable Path stateFile) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  public BudgetOptions withReserveOutputTokens(int reserveOutputTokens) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  public BudgetOptions withTrackedCallers(int trackedCallers) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  public BudgetOptions withCallers(List<CallerBudget> callers) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  public BudgetOptions withUnpriced(UnpricedAction unpriced) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  /** The same with names that keep their place in accounts and reports. */
  public BudgetOptions withReserved(ReservedNames reserved) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  /** The same, shared by several nodes or not. */
  public BudgetOptions withShared(@Nullable SharedBudgetOptions shared) {
    return new BudgetOptions(
        stateFile, reserveOutputTokens, trackedCallers, callers, unpriced, reserved, shared);
  }

  /** The same by caller; made anew by each call. */
  public CallerBudgets byCaller() {
    return new CallerBudgets(callers);
  }
}
