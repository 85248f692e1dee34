package dev.infermux.prices;

import dev.infermux.policy.pricing.ListPrice;
import dev.infermux.policy.pricing.ModelPrice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of a price list as names and values, to be compared. */
final class PriceFields {

  static final List<String> RATES =
      List.of("input", "output", "cache_read", "cache_write_5m", "cache_write_1h");

  private final Map<String, String> values = new TreeMap<>();

  private PriceFields() {}

  static Map<String, String> of(ListPrice row) {
    PriceFields fields = new PriceFields();
    fields.row("", row);
    return fields.values;
  }

  private void row(String prefix, ListPrice row) {
    rates(prefix, row.base());
    ModelPrice longContext = row.longContext();
    if (longContext != null) {
      values.put(prefix + "tier.above_tokens", String.valueOf(row.aboveTokens()));
      rates(prefix + "tier.", longContext);
    }
    if (row.mostOutput() > 0) {
      values.put(prefix + "max_output_tokens", String.valueOf(row.mostOutput()));
    }
    if (row.partial()) {
      values.put(prefix + "partial", "true");
    }
    row.tiers().forEach((name, tier) -> row(prefix + name + ".", tier));
  }

  private void rates(String prefix, ModelPrice price) {
    put(prefix + "input", price.inputPerMillion());
    put(prefix + "output", price.outputPerMillion());
    put(prefix + "cache_read", price.cacheReadPerMillion());
    put(prefix + "cache_write_5m", price.cacheWritePerMillion());
    put(prefix + "cache_write_1h", price.cacheWrite1hPerMillion());
  }

  private void put(String name, @Nullable BigDecimal rate) {
    if (rate != null) {
      values.put(name, rate.stripTrailingZeros().toPlainString());
    }
  }
}
