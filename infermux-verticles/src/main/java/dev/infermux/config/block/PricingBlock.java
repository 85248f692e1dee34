package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.network.FileVersion;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.prices.PriceFile;
import dev.infermux.provider.ProviderType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code pricing}: by provider name or type, then by model. */
public final class PricingBlock {
  private static final Key<BigDecimal> INPUT_PER_MILLION =
      Key.required("input_per_million", Numbers.usd(), "Price of a million prompt tokens.");
  private static final Key<BigDecimal> OUTPUT_PER_MILLION =
      Key.required("output_per_million", Numbers.usd(), "Price of a million completion tokens.");
  private static final Key<BigDecimal> CACHED_INPUT_PER_MILLION =
      Key.optional(
          "cached_input_per_million",
          Numbers.usd(),
          "Price of a million prompt tokens read from a cache; absent = that of the others.");
  private static final Key<BigDecimal> CACHE_WRITE_PER_MILLION =
      Key.optional(
          "cache_write_per_million",
          Numbers.usd(),
          "Price of a million prompt tokens written to a cache; absent = that of the others.");
  private static final Key<BigDecimal> CACHE_WRITE_1H_PER_MILLION =
      Key.optional(
          "cache_write_1h_per_million",
          Numbers.usd(),
          "The same for a cache that lives an hour; absent = as other writes.");
  private static final Block PRICE =
      Block.of(
          INPUT_PER_MILLION,
          OUTPUT_PER_MILLION,
          CACHED_INPUT_PER_MILLION,
          CACHE_WRITE_PER_MILLION,
          CACHE_WRITE_1H_PER_MILLION);

  public static final MapOf SHAPE = new MapOf("provider", new MapOf("model", PRICE));

  private PricingBlock() {}

  /**
   * Reads all overrides.
   *
   * @param providers the configured names
   * @param file the price list, or null
   */
  public static PricingOptions read(Node node, List<String> providers, @Nullable Path file) {
    Map<String, Map<String, ModelPrice>> overrides = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (provider, models) -> {
              if (!providers.contains(provider) && ProviderType.of(provider).isEmpty()) {
                node.report()
                    .warn(models.path(), "names neither a configured provider nor a type of one");
              }
              overrides.put(provider, prices(models));
            });
    PricingOptions pricing = new PricingOptions(overrides);
    return file == null ? pricing : pricing.withFile(file).withContents(FileVersion.of(file));
  }

  /** Looks at {@code pricing_file}, so that a wrong one is told before the start. */
  public static @Nullable Path file(Node value, @Nullable Path file) {
    return file == null ? null : NamedFiles.check(value, file, PriceFile::read);
  }

  private static Map<String, ModelPrice> prices(Node models) {
    Map<String, ModelPrice> prices = new LinkedHashMap<>();
    models.entries().forEach((model, price) -> prices.put(model, price(price)));
    return prices;
  }

  private static ModelPrice price(Node node) {
    Fields fields = node.fields(PRICE);
    return new ModelPrice(
        fields.need(INPUT_PER_MILLION, BigDecimal.ZERO),
        fields.need(OUTPUT_PER_MILLION, BigDecimal.ZERO),
        fields.find(CACHED_INPUT_PER_MILLION).orElse(null),
        fields.find(CACHE_WRITE_PER_MILLION).orElse(null),
        fields.find(CACHE_WRITE_1H_PER_MILLION).orElse(null));
  }
}
