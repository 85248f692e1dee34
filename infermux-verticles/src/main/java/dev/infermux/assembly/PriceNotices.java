package dev.infermux.assembly;

import static java.time.ZoneOffset.UTC;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.inbound.management.view.RecentSpend.UnpricedModel;
import dev.infermux.network.UnusableFile;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.UnpricedAction;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.time.Time;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What an operator should know of the prices before the first call. */
public final class PriceNotices {

  private static final int STALE_DAYS = 60;

  private PriceNotices() {}

  /** One line for each listed model without a price, and one where the list is old. */
  public static List<String> of(Config config, LocalDate today) {
    ProviderNames names = new ProviderNames();
    names.learn(config);
    return of(config, today, prices(config, names), names);
  }

  /** Who only validates may lack the file; the configuration's own warnings say so. */
  private static PriceBook prices(Config config, ProviderNames names) {
    try {
      return CurrentPrices.book(ListPrices.of(config.pricing()), config.pricing(), names);
    } catch (UnusableFile unusable) {
      if (!unusable.isMissing()) {
        throw unusable;
      }
      return CurrentPrices.book(ListPrices.builtIn(), config.pricing(), names);
    }
  }

  /** What an operator should know of the prices in force, one line each. */
  static List<String> of(Config config, Time time, CurrentPrices prices, ProviderNames names) {
    LocalDate today = LocalDate.ofInstant(time.clock().instant(), UTC);
    return of(config, today, prices.book(), names);
  }

  private static List<String> of(
      Config config, LocalDate today, PriceBook prices, ProviderNames names) {
    List<String> notices = new ArrayList<>();
    long days = ChronoUnit.DAYS.between(prices.builtInAsOf(), today);
    if (days > STALE_DAYS) {
      notices.add(
          "the price list is of "
              + prices.builtInAsOf()
              + ", "
              + days
              + " days old (newer prices: pricing_file, or `infermux prices import`)");
    }
    notices.addAll(unpriced(config, config.providers(), prices, names));
    return notices;
  }

  /** One line for each model without a price that these providers list. */
  static List<String> unpriced(
      Config config, List<ProviderEntry> providers, PriceBook prices, ProviderNames names) {
    List<String> notices = new ArrayList<>();
    for (ProviderEntry entry : providers) {
      String provider = entry.options().name();
      for (String model : listed(entry.options())) {
        if (!prices.knows(provider, names.type(provider), model)) {
          notices.add(unpriced(provider, model, refuses(config) && !prices.own(provider)));
        }
      }
    }
    return notices;
  }

  private static Set<String> listed(ProviderOptions provider) {
    Set<String> models = new LinkedHashSet<>(provider.modelAliases().values());
    if (provider.models() != null) {
      models.addAll(Objects.requireNonNull(provider.models()));
    }
    models.removeAll(provider.modelAliases().keySet());
    return models;
  }

  private static boolean refuses(Config config) {
    return config.budgets().unpriced() == UnpricedAction.REFUSE
        && config.budgets().callers().stream()
            .anyMatch(budget -> budget.action() == BudgetAction.HARD_STOP);
  }

  private static String unpriced(String provider, String model, boolean refused) {
    return "no price is known for model "
        + model
        + " of provider "
        + provider
        + ": it counts as 0"
        + (refused ? ", and callers with a hard limit are refused" : "")
        + " (set "
        + UnpricedModel.key(provider, model)
        + ")";
  }
}
