package dev.infermux;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import dev.infermux.pipeline.Pricing;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceBound;

/** The price book as the pipeline asks it: by the provider's name alone. */
record Prices(PriceBook book, ProviderNames names) implements Pricing {

  @Override
  public Cost cost(String provider, String model, Usage usage) {
    return book.cost(provider, names.type(provider), model, usage);
  }

  @Override
  public UnitPrice bound(String provider, String model, long promptTokens) {
    PriceBound bound = book.bound(provider, names.type(provider), model, promptTokens);
    return new UnitPrice(bound.inputPerMillion(), bound.outputPerMillion());
  }
}
