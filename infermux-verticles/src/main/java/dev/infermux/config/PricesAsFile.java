package dev.infermux.config;

import dev.infermux.policy.pricing.AudioPrice;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceVariants;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prices that were set in code, as the file would have them. */
final class PricesAsFile {

  private PricesAsFile() {}

  static Map<String, Object> of(Map<String, Map<String, ModelPrice>> overrides) {
    Map<String, Object> providers = new LinkedHashMap<>();
    overrides.forEach(
        (provider, models) -> {
          Map<String, Object> prices = new LinkedHashMap<>();
          models.forEach((model, price) -> prices.put(model, price(price)));
          providers.put(provider, prices);
        });
    return providers;
  }

  private static FileMap price(ModelPrice price) {
    PriceVariants variants = price.variants();
    ModelPrice longContext = variants.longContext();
    PriceVariants.PeakPrice peak = variants.peak();
    Map<String, Object> tiers = new LinkedHashMap<>();
    variants.tiers().forEach((name, tier) -> tiers.put(name, rates(tier)));
    return rates(price)
        .put(
            "long_context",
            longContext == null
                ? null
                : rates(longContext).put("above_tokens", variants.aboveTokens()))
        .put(
            "peak",
            peak == null
                ? null
                : rates(peak.price())
                    .put("hours", peak.hours().spans().stream().map(Object::toString).toList()))
        .put("service_tiers", tiers.isEmpty() ? null : tiers);
  }

  private static FileMap rates(ModelPrice price) {
    AudioPrice audio = price.audio();
    return new FileMap()
        .put("input_per_million", price.inputPerMillion())
        .put("output_per_million", price.outputPerMillion())
        .put("cached_input_per_million", price.cacheReadPerMillion())
        .put("cache_write_per_million", price.cacheWritePerMillion())
        .put("cache_write_1h_per_million", price.cacheWrite1hPerMillion())
        .put("audio_input_per_million", audio == null ? null : audio.inputPerMillion())
        .put("audio_output_per_million", audio == null ? null : audio.outputPerMillion());
  }
}
