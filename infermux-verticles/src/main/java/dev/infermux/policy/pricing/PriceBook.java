package dev.infermux.policy.pricing;

import static java.time.Instant.EPOCH;

import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows what every model costs: the built-in list prices, and before them the configured ones.
 *
 * <p>A configured price under the provider's name comes first, then one under its type, each for
 * the model's own name or its family's; then the built-in table, in the section of the provider's
 * vendor; then, for {@code vendor/model}, the section of that vendor. Amounts are exact: each
 * attempt is rounded once, half up to the nano-dollar. Thread-safe.
 */
public final class PriceBook {

  /** Callers choose model names, so what is remembered of them has an end. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final int MOST_WARNED = 1_000;
  private final PriceTable table;
  private final Vendors vendors;
  private final UnaryOperator<String> hosts;
  private final Map<String, PriceSection> overrides = new HashMap<>();
  private final BiConsumer<String, String> onUnpriced;
  private final InstantSource clock;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<String, ProviderPrices> providers = new ConcurrentHashMap<>();

  /** A book whose clock stands still, at midnight. */
  public PriceBook(PriceTable table, PricingOptions options) {
    this(table, options, provider -> "", (provider, model) -> {}, InstantSource.fixed(EPOCH));
  }

  /**
   * A book of these prices.
   *
   * @param table the list prices
   * @param hosts the host of a provider's base URL; empty where it has none
   * @param onUnpriced called with a provider and model without a price, once for each pair and for
   *     the first thousand pairs only; it runs on the thread that asked
   * @param clock for prices that depend on the hour
   */
  public PriceBook(
      PriceTable table,
      PricingOptions options,
      UnaryOperator<String> hosts,
      BiConsumer<String, String> onUnpriced,
      InstantSource clock) {
    this.table = table;
    this.clock = clock;
    this.vendors = new Vendors(table.sections().keySet(), table.vendors());
    this.hosts = hosts;
    this.onUnpriced = onUnpriced;
    options.overrides().forEach((provider, models) -> overrides.put(provider, section(models)));
  }

  /**
   * What {@code usage} costs, with the unit prices used; without a price what the provider says
   * that it bills, else {@code UNPRICED}.
   */
  public Cost cost(String providerName, String providerType, String model, Usage usage) {
    Price price = pricesOf(providerName, providerType).of(model);
    if (price != null) {
      return now(price).cost(usage);
    }
    long billed = usage.terms().billedNanos();
    return billed < 0
        ? Cost.UNPRICED
        : new Cost(new Usd(billed), CostStatus.EXACT, Usd.ZERO, Usd.ZERO);
  }

  /**
   * What prompt and completion tokens will cost in nano-dollars, for comparing providers before a
   * call; {@link Long#MAX_VALUE} without a price, without a warning. Caches are left out: their
   * content is unknown.
   */
  public LongBinaryOperator forecast(String providerName, String providerType, String model) {
    Price price = pricesOf(providerName, providerType).known(model);
    return price == null
        ? (prompt, completion) -> Long.MAX_VALUE
        : (prompt, completion) -> now(price).forecast(prompt, completion);
  }

  /** The most that a million tokens can cost; 0 without a price. */
  public PriceBound bound(
      String providerName, String providerType, String model, AskedPrice asked) {
    Price price = pricesOf(providerName, providerType).of(model);
    return price == null ? PriceBound.UNPRICED : price.bound(asked);
  }

  /** Whether a model has a price, without a warning where it has none. */
  public boolean knows(String providerName, String providerType, String model) {
    return pricesOf(providerName, providerType).known(model) != null;
  }

  /** The longest completion of a model as the list has it; 0 where it does not say. */
  public int mostOutput(String providerName, String providerType, String model) {
    Price price = pricesOf(providerName, providerType).known(model);
    return price == null ? 0 : price.mostOutput();
  }

  /** Whether a provider is no vendor's, but the operator's own: what it costs no list can say. */
  public boolean own(String providerName) {
    String host = hosts.apply(providerName);
    return vendor(providerName, host).isEmpty() && (host.isEmpty() || OwnAddress.is(host));
  }

  /** The built-in sections that name this model or its family. */
  public Set<String> vendors(String model) {
    return table.sections().entrySet().stream()
        .filter(section -> section.getValue().named(model) != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All models that the built-in sections and the configuration name, families aside. */
  public Set<String> models() {
    return Stream.concat(table.sections().values().stream(), overrides.values().stream())
        .flatMap(section -> section.names().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The vendor that a provider's name or its host says, if one of them does.
   *
   * @param host of its base URL; empty when it has none
   */
  public Optional<String> vendor(String name, String host) {
    return table.vendors().contains(name)
        ? Optional.of(name)
        : Optional.ofNullable(vendors.ofHost(host));
  }

  /** Whether the configuration sets a price for this model of this provider by its name. */
  public boolean configured(String providerName, String model) {
    PriceSection own = overrides.get(providerName);
    return own != null && own.named(model) != null;
  }

  /** The day on which the built-in prices were last checked. */
  public LocalDate builtInAsOf() {
    return table.asOf();
  }

  /** How many pairs of provider and model were found to have no price, a thousand at most. */
  public int unpricedModels() {
    return warned.size();
  }

  private Price now(Price price) {
    return price.peak() == null ? price : price.at(clock.millis());
  }

  private ProviderPrices pricesOf(String name, String type) {
    ProviderPrices known = providers.get(name);
    if (known != null && known.type.equals(type)) {
      return known;
    }
    ProviderPrices fresh = new ProviderPrices(name, type);
    if (known != null || providers.size() < MOST_REMEMBERED) {
      providers.put(name, fresh);
    }
    return fresh;
  }

  private static PriceSection section(Map<String, ModelPrice> models) {
    Map<String, Price> prices = new HashMap<>();
    models.forEach((model, price) -> prices.put(model, Price.of(new ListPrice(price))));
    return new PriceSection(prices);
  }

  /** The prices of one provider, with what was found remembered. */
  private final class ProviderPrices {
    private final String name;
    private final String type;
    private final @Nullable PriceSection builtIn;
    private final ConcurrentHashMap<String, Optional<Price>> found = new ConcurrentHashMap<>();

    ProviderPrices(String name, String type) {
      this.name = name;
      this.type = type;
      this.builtIn = builtInSection();
    }

    /** The price of a model that is used; one without is warned of. */
    @Nullable Price of(String model) {
      Price price = known(model);
      if (price == null) {
        warn(model);
      }
      return price;
    }

    @Nullable Price known(String model) {
      Optional<Price> known = found.get(model);
      return (known == null ? look(model) : known).orElse(null);
    }

    private Optional<Price> look(String model) {
      Optional<Price> price = Optional.ofNullable(find(model));
      if (found.size() < MOST_REMEMBERED) {
        found.put(model, price);
      }
      return price;
    }

    private @Nullable Price find(String model) {
      Price byName = in(overrides.get(name), model);
      if (byName != null) {
        return byName;
      }
      Price byType = in(overrides.get(type), model);
      if (byType != null) {
        return byType;
      }
      Price own = in(builtIn, model);
      return own != null ? own : ofPrefix(model);
    }

    /** An aggregator's {@code vendor/model} costs what the vendor's own does. */
    private @Nullable Price ofPrefix(String model) {
      String vendor = vendors.ofPrefix(model);
      return vendor == null
          ? null
          : in(table.sections().get(vendor), model.substring(model.indexOf('/') + 1));
    }

    private static @Nullable Price in(@Nullable PriceSection section, String model) {
      return section == null ? null : section.find(model);
    }

    private @Nullable PriceSection builtInSection() {
      String vendor = vendors.of(name, type, hosts.apply(name));
      return vendor == null ? null : table.sections().get(vendor);
    }

    private void warn(String model) {
      if (warned.size() < MOST_WARNED && warned.add(name + '\n' + model)) {
        onUnpriced.accept(name, model);
      }
    }
  }
}
