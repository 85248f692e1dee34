package dev.infermux.config.block;

import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.tree.Node;
import dev.infermux.network.FileVersion;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.prices.PriceFile;
import dev.infermux.provider.ProviderType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code pricing}: by provider name or type, then by model. */
public final class PricingBlock {
  public static final MapOf SHAPE = new MapOf("provider", new MapOf("model", PriceBlock.BLOCK));

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
    models.entries().forEach((model, price) -> prices.put(model, PriceBlock.read(price)));
    return prices;
  }
}
