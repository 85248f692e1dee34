package dev.infermux.policy.pricing;

import dev.infermux.inference.Usd;

/** The most that a million tokens of one model can cost, with caches and context included. */
public record PriceBound(Usd inputPerMillion, Usd outputPerMillion) {

  static final PriceBound UNPRICED = new PriceBound(Usd.ZERO, Usd.ZERO);
}
