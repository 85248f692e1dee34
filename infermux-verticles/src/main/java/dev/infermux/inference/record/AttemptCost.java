package dev.infermux.inference.record;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;

/** What a provider charges for one attempt. */
public record AttemptCost(Usage usage, Cost cost) {

  /** Both together, for a call that was charged for more than one attempt. */
  public AttemptCost plus(AttemptCost later) {
    return new AttemptCost(usage.plus(later.usage), cost.plus(later.cost));
  }
}
