package dev.infermux.policy.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A model's price in USD per million tokens.
 *
 * @param cacheReadPerMillion null = cached prompt tokens cost what other prompt tokens do
 * @param cacheWritePerMillion null = the same for prompt tokens written to a cache
 * @param cacheWrite1hPerMillion null = the same as other writes, for a cache that lives an hour
 * @param audio null = the rates of sound are not known
 * @param variants what it costs otherwise
 */
public record ModelPrice(
    BigDecimal inputPerMillion,
    BigDecimal outputPerMillion,
    @Nullable BigDecimal cacheReadPerMillion,
    @Nullable BigDecimal cacheWritePerMillion,
    @Nullable BigDecimal cacheWrite1hPerMillion,
    @Nullable AudioPrice audio,
    PriceVariants variants) {

  public ModelPrice(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {
    this(inputPerMillion, outputPerMillion, null, null, null);
  }

  /** One price whatever is asked, when and how long. */
  public ModelPrice(
      BigDecimal inputPerMillion,
      BigDecimal outputPerMillion,
      @Nullable BigDecimal cacheReadPerMillion,
      @Nullable BigDecimal cacheWritePerMillion,
      @Nullable BigDecimal cacheWrite1hPerMillion) {
    this(
        inputPerMillion,
        outputPerMillion,
        cacheReadPerMillion,
        cacheWritePerMillion,
        cacheWrite1hPerMillion,
        null,
        PriceVariants.NONE);
  }

  public ModelPrice withAudio(@Nullable AudioPrice price) {
    return new ModelPrice(
        inputPerMillion,
        outputPerMillion,
        cacheReadPerMillion,
        cacheWritePerMillion,
        cacheWrite1hPerMillion,
        price,
        variants);
  }

  public ModelPrice withVariants(PriceVariants others) {
    return new ModelPrice(
        inputPerMillion,
        outputPerMillion,
        cacheReadPerMillion,
        cacheWritePerMillion,
        cacheWrite1hPerMillion,
        audio,
        others);
  }
}
