package dev.infermux.policy.pricing;

import java.math.BigDecimal;

/** A model's price in USD per million tokens. */
public record ModelPrice(BigDecimal inputPerMillion, BigDecimal outputPerMillion) {}
