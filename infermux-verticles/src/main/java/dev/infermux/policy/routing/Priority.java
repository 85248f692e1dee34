package dev.infermux.policy.routing;

import java.util.List;

/** Declared order: the first eligible provider serves. */
public final class Priority implements Strategy {

  @Override
  public StrategyName name() {
    return StrategyName.PRIORITY;
  }

  @Override
  public int choose(List<Candidate> candidates) {
    return 0;
  }
}
