package dev.infermux.policy.pricing;

import dev.infermux.inference.Usd;

/** The most that a million tokens of one model can cost, whatever caches and context add. */
public record PriceBound(Usd inputPerMillion, Usd outputPerMillion) {

  static final PriceBound UNPRICED = new PriceBound(Usd.ZERO, Usd.ZERO);
}
