package dev.infermux.assembly;

import dev.infermux.estimation.FamilyEstimator;
import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import dev.infermux.pipeline.Pricing;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.pricing.AskedPrice;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceBound;
import io.vertx.core.Vertx;
import java.util.concurrent.Executors;

/**
 * The price book as the pipeline asks it, by the provider's name alone, and what it counts with.
 */
record Prices(PriceBook book, ProviderNames names, TokenEstimator estimator) implements Pricing {

  /** Tokenizers are loaded on a worker of {@code vertx}. */
  static TokenEstimator estimator(Vertx vertx) {
    return new FamilyEstimator(task -> vertx.executeBlocking(Executors.callable(task), false));
  }

  @Override
  public Cost cost(String provider, String model, Usage usage) {
    return book.cost(provider, names.type(provider), model, usage);
  }

  @Override
  public UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts) {
    AskedPrice asked = new AskedPrice(promptTokens, facts.tier(), facts.attachments() > 0);
    PriceBound bound = book.bound(provider, names.type(provider), model, asked);
    return new UnitPrice(bound.inputPerMillion(), bound.outputPerMillion());
  }

  @Override
  public boolean bounds(String provider, String model) {
    return book.knows(provider, names.type(provider), model) || book.own(provider);
  }

  @Override
  public int mostOutput(String provider, String model) {
    return book.mostOutput(provider, names.type(provider), model);
  }
}
