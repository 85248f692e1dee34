package dev.infermux.assembly;

import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceTable;
import dev.infermux.policy.pricing.PricingOptions;
import java.util.Objects;

/**
 * The prices of one configuration, as they were read.
 *
 * @param names whose they are: a call that goes on while its provider's name gets another type or
 *     host is priced by those that it met
 */
record ReadPrices(PricingOptions options, PriceTable table, PriceBook book, ProviderNames names) {

  /** Whether another configuration has the same list, so that it need not be read again. */
  boolean listOf(PricingOptions other) {
    return other.contents().equals(options.contents())
        && Objects.equals(other.file(), options.file());
  }
}
