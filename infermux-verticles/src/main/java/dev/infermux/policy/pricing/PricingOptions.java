package dev.infermux.policy.pricing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prices that replace the built-in ones.
 *
 * @param overrides by provider name or type, then by model
 */
public record PricingOptions(Map<String, Map<String, ModelPrice>> overrides) {
  private static final PricingOptions DEFAULTS = new PricingOptions(Map.of());

  public PricingOptions {
    var copy = new LinkedHashMap<String, Map<String, ModelPrice>>();
    overrides.forEach(
        (provider, models) ->
            copy.put(provider, Collections.unmodifiableMap(new LinkedHashMap<>(models))));
    overrides = Collections.unmodifiableMap(copy);
  }

  public static PricingOptions defaults() {
    return DEFAULTS;
  }

  public PricingOptions withOverrides(Map<String, Map<String, ModelPrice>> overrides) {
    return new PricingOptions(overrides);
  }
}
