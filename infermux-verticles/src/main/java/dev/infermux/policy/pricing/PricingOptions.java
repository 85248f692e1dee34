package dev.infermux.policy.pricing;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices that replace the built-in ones.
 *
 * @param overrides by provider name or type, then by model
 * @param file a price list over the built-in one or in its place; null = none
 * @param contents tells one version of the file from another; empty = not looked at
 */
public record PricingOptions(
    Map<String, Map<String, ModelPrice>> overrides, @Nullable Path file, String contents) {
  private static final PricingOptions DEFAULTS = new PricingOptions(Map.of());

  public PricingOptions(Map<String, Map<String, ModelPrice>> overrides) {
    this(overrides, null, "");
  }

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
    return new PricingOptions(overrides, file, contents);
  }

  public PricingOptions withFile(@Nullable Path file) {
    return new PricingOptions(overrides, file, "");
  }

  /** The same with what tells its file from another version of it. */
  public PricingOptions withContents(String contents) {
    return new PricingOptions(overrides, file, contents);
  }
}
