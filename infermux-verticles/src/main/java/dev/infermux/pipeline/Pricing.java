package dev.infermux.pipeline;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;

/** What the pipeline asks of prices. Safe on any thread. */
public interface Pricing {
  Cost cost(String provider, String model, Usage usage);
}
