package dev.infermux.policy.pricing;

import org.jspecify.annotations.Nullable;

/**
 * A model's price in a list, as its vendor publishes it.
 *
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param longContext null = the list has no such tier for the model
 */
public record ListPrice(ModelPrice base, long aboveTokens, @Nullable ModelPrice longContext) {

  Price price() {
    Rates rates = PriceTable.rates(base);
    return longContext == null
        ? Price.flat(rates)
        : new Price(rates, aboveTokens, PriceTable.rates(longContext));
  }
}
