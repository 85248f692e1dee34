package dev.infermux.policy.pricing;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's price in a list, as its vendor publishes it.
 *
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param partial whether tokens of some kinds, such as audio, have rates that are not in the list
 * @param mostOutput the longest completion that the model gives; 0 = not known
 * @param tiers what other service tiers cost, by their names
 * @param longContext null = the list has no such tier for the model
 */
public record ListPrice(
    ModelPrice base,
    long aboveTokens,
    @Nullable ModelPrice longContext,
    int mostOutput,
    Map<String, ListPrice> tiers,
    boolean partial) {

  /** A price that counts for tokens of every kind. */
  public ListPrice(ModelPrice base, long aboveTokens, @Nullable ModelPrice longContext) {
    this(base, aboveTokens, longContext, 0, Map.of(), false);
  }

  Price price() {
    Rates rates = PriceTable.rates(base);
    return longContext == null
        ? new Price(rates, Long.MAX_VALUE, rates, mostOutput, prices(), partial)
        : new Price(
            rates, aboveTokens, PriceTable.rates(longContext), mostOutput, prices(), partial);
  }

  private Map<String, Price> prices() {
    Map<String, Price> prices = new HashMap<>();
    tiers.forEach((tier, listed) -> prices.put(tier, listed.price()));
    return Map.copyOf(prices);
  }
}
