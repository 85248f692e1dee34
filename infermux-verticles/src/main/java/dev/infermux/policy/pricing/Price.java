package dev.infermux.policy.pricing;

import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;

/**
 * What one model costs.
 *
 * @param base what a prompt of ordinary length pays
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param longContext the same as {@code base} where there is no such tier
 * @param mostOutput the longest completion that the model gives; 0 = not known
 * @param partial whether some tokens have rates that are not known, so that a cost is an estimate
 */
record Price(Rates base, long aboveTokens, Rates longContext, int mostOutput, boolean partial) {

  static Price flat(Rates rates) {
    return new Price(rates, Long.MAX_VALUE, rates, 0, false);
  }

  /** Nano-dollars for tokens that no cache has a part in. */
  long forecast(long prompt, long completion) {
    return (prompt > aboveTokens ? longContext : base).nanos(prompt, completion);
  }

  /** The most that tokens can cost, of a prompt of at most so many. */
  PriceBound bound(long promptTokens) {
    boolean both = promptTokens > aboveTokens;
    long input = base.dearestInput();
    long output = base.output();
    return new PriceBound(
        new Usd(both ? Math.max(input, longContext.dearestInput()) : input),
        new Usd(both ? Math.max(output, longContext.output()) : output));
  }

  Cost cost(Usage usage) {
    Rates rates = usage.promptTokens() > aboveTokens ? longContext : base;
    return new Cost(
        new Usd(rates.nanos(usage)),
        usage.estimated() || partial ? CostStatus.ESTIMATED : CostStatus.EXACT,
        new Usd(rates.input()),
        new Usd(rates.output()));
  }
}
