package dev.infermux.benchmarks.run;

import java.util.List;

/**
 * Which load is put on.
 *
 * @param rate requests a second of the open loop, for bodies of all sizes
 * @param rates the same for small bodies alone, a phase each: how the tail grows
 * @param phases kinds of phases to run: json, tail, stream, hold
 * @param budgets whether the caller has a budget: none, memory, or file for one with a state file
 */
record LoadKinds(int rate, List<Integer> rates, List<String> phases, String budgets) {
  static final String NO_BUDGETS = "none";
  static final String STATE_FILE = "file";
  static final List<String> PHASES = List.of("json", "tail", "stream", "hold");
  static final List<String> BUDGETS = List.of(NO_BUDGETS, "memory", STATE_FILE);
  static final LoadKinds ALL = new LoadKinds(500, List.of(500, 2000, 5000), PHASES, STATE_FILE);

  LoadKinds withRate(int perSecond) {
    return new LoadKinds(perSecond, rates, phases, budgets);
  }

  LoadKinds withRates(List<Integer> perSecond) {
    return new LoadKinds(rate, perSecond, phases, budgets);
  }

  LoadKinds withPhases(List<String> kinds) {
    return new LoadKinds(rate, rates, kinds, budgets);
  }

  LoadKinds withBudgets(String where) {
    return new LoadKinds(rate, rates, phases, where);
  }
}
