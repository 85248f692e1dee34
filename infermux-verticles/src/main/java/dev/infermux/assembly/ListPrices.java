package dev.infermux.assembly;

import dev.infermux.policy.pricing.PriceTable;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.prices.PriceFile;

/** The list prices that count: those that come with the jar, and those of a file over them. */
public final class ListPrices {

  private ListPrices() {}

  public static PriceTable builtIn() {
    return PriceFile.builtIn().table();
  }

  static PriceTable of(PricingOptions options) {
    return options.file() == null ? builtIn() : PriceFile.read(options.file()).effective().table();
  }
}
