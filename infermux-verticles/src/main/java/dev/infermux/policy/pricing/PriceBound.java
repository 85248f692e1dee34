package dev.infermux.policy.pricing;

import dev.infermux.inference.Usd;

/** The most that a million tokens of one model can cost, with caches and context included. */
public record PriceBound(Usd inputPerMillion, Usd outputPerMillion) {

  static final PriceBound UNPRICED = new PriceBound(Usd.ZERO, Usd.ZERO);

  PriceBound or(PriceBound other) {
    return new PriceBound(
        dearer(inputPerMillion, other.inputPerMillion),
        dearer(outputPerMillion, other.outputPerMillion));
  }

  PriceBound twice() {
    return new PriceBound(
        inputPerMillion.plus(inputPerMillion), outputPerMillion.plus(outputPerMillion));
  }

  private static Usd dearer(Usd left, Usd right) {
    return left.compareTo(right) >= 0 ? left : right;
  }
}
