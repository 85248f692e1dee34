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
import java.util.function.Supplier;

/**
 * The price book as the pipeline asks it, by the provider's name alone, and what it counts with.
 *
 * @param met by a call when it came in
 * @param today those in force, for providers that have joined since
 */
record Prices(ReadPrices met, Supplier<ReadPrices> today, TokenEstimator estimator)
    implements Pricing {

  /** Tokenizers are loaded on a worker of {@code vertx}. */
  static TokenEstimator estimator(Vertx vertx) {
    return new FamilyEstimator(task -> vertx.executeBlocking(Executors.callable(task), false));
  }

  @Override
  public Prices of(String provider) {
    return met.names().present(provider) ? this : new Prices(today.get(), today, estimator);
  }

  @Override
  public Cost cost(String provider, String model, Usage usage) {
    return met.book().cost(provider, met.names().type(provider), model, usage);
  }

  @Override
  public UnitPrice bound(String provider, String model, long promptTokens, BodyFacts facts) {
    AskedPrice asked = new AskedPrice(promptTokens, facts.tier(), facts.attachments() > 0);
    PriceBound bound = met.book().bound(provider, met.names().type(provider), model, asked);
    return new UnitPrice(bound.inputPerMillion(), bound.outputPerMillion());
  }

  @Override
  public boolean bounds(String provider, String model) {
    PriceBook book = met.book();
    return book.knows(provider, met.names().type(provider), model) || book.own(provider);
  }

  @Override
  public int mostOutput(String provider, String model) {
    return met.book().mostOutput(provider, met.names().type(provider), model);
  }
}
