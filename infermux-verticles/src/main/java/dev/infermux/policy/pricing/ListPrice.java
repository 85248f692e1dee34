package dev.infermux.policy.pricing;

import org.jspecify.annotations.Nullable;

/**
 * A model's price in a list, as its vendor publishes it.
 *
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param partial whether tokens of some kinds, such as audio, have rates that are not in the list
 * @param longContext null = the list has no such tier for the model
 */
public record ListPrice(
    ModelPrice base, long aboveTokens, @Nullable ModelPrice longContext, boolean partial) {

  /** A price that counts for tokens of every kind. */
  public ListPrice(ModelPrice base, long aboveTokens, @Nullable ModelPrice longContext) {
    this(base, aboveTokens, longContext, false);
  }

  Price price() {
    Rates rates = PriceTable.rates(base);
    return longContext == null
        ? new Price(rates, Long.MAX_VALUE, rates, partial)
        : new Price(rates, aboveTokens, PriceTable.rates(longContext), partial);
  }
}
