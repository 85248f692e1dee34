package dev.infermux.policy.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What tokens of sound cost, in USD per million.
 *
 * @param inputPerMillion those of the prompt; null = not known
 * @param outputPerMillion those of the completion; null = not known
 */
public record AudioPrice(
    @Nullable BigDecimal inputPerMillion, @Nullable BigDecimal outputPerMillion) {}
