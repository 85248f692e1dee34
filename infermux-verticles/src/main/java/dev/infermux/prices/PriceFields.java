package dev.infermux.prices;

import dev.infermux.policy.pricing.AudioPrice;
import dev.infermux.policy.pricing.ListPrice;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceVariants;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of a price list as names and values, to be compared. */
final class PriceFields {

  static final List<String> RATES =
      List.of(
          "input",
          "output",
          "cache_read",
          "cache_write_5m",
          "cache_write_1h",
          "audio_input",
          "audio_output");

  private final Map<String, String> values = new TreeMap<>();

  private PriceFields() {}

  static Map<String, String> of(ListPrice row) {
    PriceFields fields = new PriceFields();
    fields.price("", row.price());
    if (row.mostOutput() > 0) {
      fields.values.put("max_output_tokens", String.valueOf(row.mostOutput()));
    }
    if (row.partial()) {
      fields.values.put("partial", "true");
    }
    return fields.values;
  }

  private void price(String prefix, ModelPrice price) {
    rates(prefix, price);
    PriceVariants variants = price.variants();
    ModelPrice longContext = variants.longContext();
    if (longContext != null) {
      values.put(prefix + "tier.above_tokens", String.valueOf(variants.aboveTokens()));
      rates(prefix + "tier.", longContext);
    }
    PriceVariants.PeakPrice peak = variants.peak();
    if (peak != null) {
      values.put(prefix + "peak.hours", peak.hours().spans().toString());
      rates(prefix + "peak.", peak.price());
    }
    variants.tiers().forEach((name, tier) -> price(prefix + name + ".", tier));
  }

  private void rates(String prefix, ModelPrice price) {
    put(prefix + "input", price.inputPerMillion());
    put(prefix + "output", price.outputPerMillion());
    put(prefix + "cache_read", price.cacheReadPerMillion());
    put(prefix + "cache_write_5m", price.cacheWritePerMillion());
    put(prefix + "cache_write_1h", price.cacheWrite1hPerMillion());
    AudioPrice audio = price.audio();
    if (audio != null) {
      put(prefix + "audio_input", audio.inputPerMillion());
      put(prefix + "audio_output", audio.outputPerMillion());
    }
  }

  private void put(String name, @Nullable BigDecimal rate) {
    if (rate != null) {
      values.put(name, rate.stripTrailingZeros().toPlainString());
    }
  }
}
