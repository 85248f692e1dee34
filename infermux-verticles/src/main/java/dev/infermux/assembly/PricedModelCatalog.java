package dev.infermux.assembly;

import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.routing.selection.ModelCatalog;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.echo.EchoProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;

/**
 * Answers from the price book whose models a provider sells; docs/routing.md has the rules.
 * Immutable.
 */
public final class PricedModelCatalog implements ModelCatalog {

  private static final String OPENAI = "openai";

  private final PriceBook prices;
  private final Map<String, ProviderOptions> providers = new HashMap<>();

  public PricedModelCatalog(List<ProviderOptions> providers, PriceBook prices) {
    this.prices = prices;
    for (ProviderOptions options : providers) {
      this.providers.put(options.name(), options);
    }
  }

  @Override
  public ModelOwnership place(String provider, String model) {
    ProviderOptions options = options(provider);
    if (prices.configured(provider, model)) {
      return ModelOwnership.CLAIMED;
    } else if (options.type() == ProviderType.ECHO) {
      return EchoProvider.MODEL.equals(model) ? ModelOwnership.CLAIMED : ModelOwnership.FOREIGN;
    } else if (!options.type().remote()) {
      return ModelOwnership.OPEN;
    }
    Set<String> sellers = prices.vendors(model);
    Optional<String> named = named(options);
    if (own(options, named).anyMatch(sellers::contains)) {
      return ModelOwnership.CLAIMED;
    }
    boolean anonymous = anonymous(options, named);
    if (sellers.isEmpty()) {
      boolean anything = anonymous || options.type() == ProviderType.OLLAMA;
      return anything ? ModelOwnership.OPEN : ModelOwnership.DOUBTFUL;
    }
    return anonymous ? ModelOwnership.DOUBTFUL : ModelOwnership.FOREIGN;
  }

  @Override
  public LongBinaryOperator price(String provider, String model) {
    return prices.forecast(provider, options(provider).type().wireName(), model);
  }

  /** Whether it is known whose models a provider sells; an address of its own may have any. */
  public boolean vendorKnown(String provider) {
    ProviderOptions options = options(provider);
    return options.type().remote() && !anonymous(options, named(options));
  }

  private ProviderOptions options(String provider) {
    return Objects.requireNonNull(providers.get(provider));
  }

  /** Many speak OpenAI's dialect, so a name or an address says more than the type there. */
  private static Stream<String> own(ProviderOptions options, Optional<String> named) {
    return switch (options.type()) {
      case OPENAI -> Stream.of(named.orElse(OPENAI));
      case AZURE_OPENAI -> Stream.of(ProviderType.AZURE_OPENAI.wireName(), OPENAI);
      default -> Stream.concat(Stream.of(options.type().wireName()), named.stream());
    };
  }

  /** The vendor that the provider's name or a part of its address's host names. */
  private Optional<String> named(ProviderOptions options) {
    String host = Objects.requireNonNullElse(options.baseUrl().getHost(), "");
    return prices.vendor(options.name(), host);
  }

  /** An address of its own that speaks OpenAI's dialect may stand for any model there is. */
  private static boolean anonymous(ProviderOptions options, Optional<String> named) {
    return options.type() == ProviderType.OPENAI
        && named.isEmpty()
        && !options.baseUrl().equals(ProviderType.OPENAI.defaultBaseUrl());
  }
}
