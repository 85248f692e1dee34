package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceTable;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prices of the moment, and how those of another configuration are read. Any thread. */
final class CurrentPrices {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentPrices.class);

  private final ProviderNames names;
  private final TokenEstimator estimator;
  private volatile ReadPrices now;

  CurrentPrices(Config config, ProviderNames names, TokenEstimator estimator) {
    this.names = names;
    this.estimator = estimator;
    this.now = read(config, null);
  }

  ProviderNames names() {
    return names;
  }

  PriceBook book() {
    return now.book();
  }

  /** As the pipeline asks them; those that it holds do not change. */
  Prices prices() {
    return new Prices(now, () -> now, estimator);
  }

  /** Whose models these providers sell. */
  PricedModelCatalog catalog(ProviderSnapshot snapshot) {
    return new PricedModelCatalog(
        snapshot.providers().stream().map(RegisteredProvider::options).toList(), book());
  }

  /**
   * Reads the prices of a configuration; blocks. They count once {@link #replace} has taken them.
   *
   * @throws dev.infermux.network.UnusableFile when the price list cannot be used
   */
  ReadPrices read(Config config) {
    return read(config, now);
  }

  /** Calls that come from here on are priced by {@code next}. */
  void replace(ReadPrices next) {
    now = next;
  }

  /** A book of these prices, which knows where the providers are by what is configured then. */
  static PriceBook book(PriceTable table, PricingOptions options, ProviderNames names) {
    return new PriceBook(
        table, options, names::host, CurrentPrices::warnUnpriced, InstantSource.system());
  }

  private ReadPrices read(Config config, @Nullable ReadPrices former) {
    PricingOptions options = config.pricing();
    ProviderNames then = names.with(config);
    PriceTable table =
        former != null && former.listOf(options) ? former.table() : ListPrices.of(options);
    return new ReadPrices(options, table, book(table, options, then), then);
  }

  private static void warnUnpriced(String provider, String model) {
    LOG.warn(
        "no price is known for model {} of provider {}: it counts as 0 (set {})",
        model,
        provider,
        UnpricedModel.key(provider, model));
  }
}
