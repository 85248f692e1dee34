package dev.infermux.ledger.report;

import dev.infermux.policy.budget.ReservedNames;
import java.util.Set;

/**
 * How many names a month distinguishes.
 *
 * @param callers those of {@code named} and {@code reserved} not counted
 * @param named callers that have a row of their own beside that number
 * @param names models, providers, groups and projects, each
 * @param modelsPerCaller in the split of one caller
 * @param reserved further names that are not counted, of callers and of all else
 */
public record ReportLimits(
    int callers, Set<String> named, int names, int modelsPerCaller, ReservedNames reserved) {

  public ReportLimits {
    named = Set.copyOf(named);
  }

  public static ReportLimits of(int callers, Set<String> named) {
    return of(callers, named, ReservedNames.NONE);
  }

  public static ReportLimits of(int callers, Set<String> named, ReservedNames reserved) {
    return new ReportLimits(callers, named, 1000, 32, reserved);
  }

  boolean reservesCaller(String caller) {
    return named.contains(caller) || reserved.caller(caller);
  }
}
