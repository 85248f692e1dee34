package dev.infermux.pipeline;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import dev.infermux.policy.budget.UnitPrice;

/** What the pipeline asks of prices. Safe on any thread. */
public interface Pricing {
  /**
   * Those by which an attempt at a provider is priced, which keeps to them: these, or today's where
   * the provider has joined since these were met.
   */
  default Pricing of(String provider) {
    return this;
  }

  /** What an attempt cost. */
  Cost cost(String provider, String model, Usage usage);

  /** The most that the tokens of such a call can cost, of a prompt of at most so many. */
  UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts);

  /** Whether a hard limit holds there: a price is known, or the provider is the operator's own. */
  default boolean bounds(String provider, String model) {
    return true;
  }

  /** The longest completion that the model gives; 0 where it is not known. */
  default int mostOutput(String provider, String model) {
    return 0;
  }
}
