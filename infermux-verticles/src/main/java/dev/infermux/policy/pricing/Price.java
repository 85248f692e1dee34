package dev.infermux.policy.pricing;

import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.ServiceTier;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.util.Map;

/**
 * What one model costs.
 *
 * @param base what a prompt of ordinary length pays
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param longContext the same as {@code base} where there is no such tier
 * @param mostOutput the longest completion that the model gives; 0 = not known
 * @param tiers what other service tiers than the standard one cost
 * @param partial whether some tokens have rates that are not known, so that a cost is an estimate
 */
record Price(
    Rates base,
    long aboveTokens,
    Rates longContext,
    int mostOutput,
    Map<String, Price> tiers,
    boolean partial) {

  static Price flat(Rates rates) {
    return new Price(rates, Long.MAX_VALUE, rates, 0, Map.of(), false);
  }

  /** Nano-dollars for tokens that no cache has a part in. */
  long forecast(long prompt, long completion) {
    return (prompt > aboveTokens ? longContext : base).nanos(prompt, completion);
  }

  /**
   * The most that tokens can cost, of a prompt of at most so many.
   *
   * @param tier the service tier that is asked for; empty when none is
   */
  PriceBound bound(long promptTokens, String tier) {
    boolean both = promptTokens > aboveTokens;
    long input = base.dearestInput();
    long output = base.output();
    PriceBound standard =
        new PriceBound(
            new Usd(both ? Math.max(input, longContext.dearestInput()) : input),
            new Usd(both ? Math.max(output, longContext.output()) : output));
    if (ServiceTier.standard(tier)) {
      return standard;
    }
    Price own = tiers.get(ServiceTier.listed(tier));
    if (own != null) {
      return standard.or(own.bound(promptTokens, ""));
    }
    return ServiceTier.listed(tier).equals(ServiceTier.PRIORITY) ? standard.twice() : standard;
  }

  Cost cost(Usage usage) {
    String tier = usage.terms().tier();
    if (ServiceTier.standard(tier)) {
      return standard(usage, 1, partial || usage.terms().audio() > 0);
    }
    Price own = tiers.get(ServiceTier.listed(tier));
    boolean dear = ServiceTier.listed(tier).equals(ServiceTier.PRIORITY);
    return own == null
        ? standard(usage, dear ? 2 : 1, true)
        : own.standard(usage, 1, partial || usage.terms().audio() > 0);
  }

  private Cost standard(Usage usage, int times, boolean guessed) {
    Rates rates = usage.promptTokens() > aboveTokens ? longContext : base;
    return new Cost(
        new Usd(times * rates.nanos(usage)),
        usage.estimated() || guessed ? CostStatus.ESTIMATED : CostStatus.EXACT,
        new Usd(times * rates.input()),
        new Usd(times * rates.output()));
  }
}
