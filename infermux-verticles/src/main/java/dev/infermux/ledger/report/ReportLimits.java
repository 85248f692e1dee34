package dev.infermux.ledger.report;

import java.util.Set;

/**
 * How many names a month distinguishes.
 *
 * @param callers those of {@code named} not counted
 * @param named callers that have a row of their own beside that number
 * @param names models, providers, groups and projects, each
 * @param modelsPerCaller in the split of one caller
 */
public record ReportLimits(int callers, Set<String> named, int names, int modelsPerCaller) {

  public ReportLimits {
    named = Set.copyOf(named);
  }

  public static ReportLimits of(int callers, Set<String> named) {
    return new ReportLimits(callers, named, 1000, 32);
  }
}
