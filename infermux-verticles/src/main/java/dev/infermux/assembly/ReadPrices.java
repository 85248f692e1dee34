package dev.infermux.assembly;

import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceTable;
import dev.infermux.policy.pricing.PricingOptions;
import java.util.Objects;

/** The prices of one configuration, as they were read. */
record ReadPrices(PricingOptions options, PriceTable table, PriceBook book) {

  /** Whether another configuration has the same list, so that it need not be read again. */
  boolean listOf(PricingOptions other) {
    return other.contents().equals(options.contents())
        && Objects.equals(other.file(), options.file());
  }
}
