package dev.infermux.policy.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs otherwise than usual.
 *
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param longContext null = a long prompt costs what others do
 * @param tiers what other service tiers cost, by their names
 * @param peak at certain hours; null = the same around the clock
 */
public record PriceVariants(
    long aboveTokens,
    @Nullable ModelPrice longContext,
    Map<String, ModelPrice> tiers,
    @Nullable PeakPrice peak) {

  public static final PriceVariants NONE = new PriceVariants(Long.MAX_VALUE, null, Map.of(), null);

  public PriceVariants {
    tiers = Map.copyOf(tiers);
  }

  /** The price of certain hours. */
  public record PeakPrice(DailyHours hours, ModelPrice price) {}

  public PriceVariants above(long tokens, ModelPrice price) {
    return new PriceVariants(tokens, price, tiers, peak);
  }

  public PriceVariants withTiers(Map<String, ModelPrice> others) {
    return new PriceVariants(aboveTokens, longContext, others, peak);
  }

  public PriceVariants withPeak(@Nullable PeakPrice price) {
    return new PriceVariants(aboveTokens, longContext, tiers, price);
  }
}
