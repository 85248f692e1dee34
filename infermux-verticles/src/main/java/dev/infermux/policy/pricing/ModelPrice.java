package dev.infermux.policy.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model's price in USD per million tokens.
 *
 * @param cacheReadPerMillion null = cached prompt tokens cost what other prompt tokens do
 * @param cacheWritePerMillion null = the same for prompt tokens written to a cache
 * @param cacheWrite1hPerMillion null = the same as other writes, for a cache that lives an hour
 */
public record ModelPrice(
    BigDecimal inputPerMillion,
    BigDecimal outputPerMillion,
    @Nullable BigDecimal cacheReadPerMillion,
    @Nullable BigDecimal cacheWritePerMillion,
    @Nullable BigDecimal cacheWrite1hPerMillion) {

  public ModelPrice(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {
    this(inputPerMillion, outputPerMillion, null, null, null);
  }
}
