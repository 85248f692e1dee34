package dev.infermux.policy.routing;

import java.util.List;

/**
 * Chooses among the eligible. It does no I/O, allocates next to nothing and is safe on any thread.
 */
public interface Strategy {

  /** Its name in the configuration, in headers and in events. */
  StrategyName name();

  /** The index of the chosen one; {@code candidates} is never empty. */
  int choose(List<Candidate> candidates);
}
