package dev.infermux.policy.pricing;

import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.ServiceTier;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one model costs.
 *
 * @param base what a prompt of ordinary length pays
 * @param aboveTokens prompt tokens after which {@code longContext} prices the whole request
 * @param longContext the same as {@code base} where there is no such tier
 * @param tiers what other service tiers than the standard one cost
 * @param peak what the standard tier costs at certain hours; null = always the same
 * @param mostOutput the longest completion that the model gives; 0 = not known
 * @param partial whether some tokens have rates that are not known, so that a cost is an estimate
 */
record Price(
    Rates base,
    long aboveTokens,
    Rates longContext,
    Map<String, Price> tiers,
    @Nullable Peak peak,
    int mostOutput,
    boolean partial) {

  /** The price of certain hours. */
  record Peak(DailyHours hours, Price price) {}

  static Price of(ListPrice listed) {
    return of(listed.price(), listed.mostOutput(), listed.partial());
  }

  private static Price of(ModelPrice price, int mostOutput, boolean partial) {
    Rates rates = PriceTable.rates(price);
    PriceVariants others = price.variants();
    ModelPrice longContext = others.longContext();
    PriceVariants.PeakPrice peak = others.peak();
    Map<String, Price> tiers = new HashMap<>();
    others.tiers().forEach((tier, own) -> tiers.put(tier, of(own, mostOutput, partial)));
    return new Price(
        rates,
        longContext == null ? Long.MAX_VALUE : others.aboveTokens(),
        longContext == null ? rates : PriceTable.rates(longContext),
        Map.copyOf(tiers),
        peak == null ? null : new Peak(peak.hours(), of(peak.price(), mostOutput, partial)),
        mostOutput,
        partial);
  }

  /** The same at this time. */
  Price at(long epochMillis) {
    return peak != null && peak.hours().cover(epochMillis) ? peak.price() : this;
  }

  /** Nano-dollars for tokens that no cache has a part in. */
  long forecast(long prompt, long completion) {
    return (prompt > aboveTokens ? longContext : base).nanos(prompt, completion);
  }

  /** The most that tokens can cost, at any time. */
  PriceBound bound(AskedPrice asked) {
    PriceBound standard = standard(asked);
    if (ServiceTier.standard(asked.tier())) {
      return standard;
    }
    String tier = ServiceTier.listed(asked.tier());
    Price own = tiers.get(tier);
    if (own != null) {
      return standard.or(own.standard(asked));
    }
    return tier.equals(ServiceTier.PRIORITY) ? standard.twice() : standard;
  }

  private PriceBound standard(AskedPrice asked) {
    PriceBound usual = base.bound(asked.sound());
    PriceBound both =
        asked.promptTokens() > aboveTokens ? usual.or(longContext.bound(asked.sound())) : usual;
    return peak == null ? both : both.or(peak.price().standard(asked));
  }

  Cost cost(Usage usage) {
    String tier = usage.terms().tier();
    if (ServiceTier.standard(tier)) {
      return standard(usage, 1, partial);
    }
    Price own = tiers.get(ServiceTier.listed(tier));
    boolean dear = ServiceTier.listed(tier).equals(ServiceTier.PRIORITY);
    return own == null ? standard(usage, dear ? 2 : 1, true) : own.standard(usage, 1, partial);
  }

  private Cost standard(Usage usage, int times, boolean guessed) {
    Rates rates = usage.promptTokens() > aboveTokens ? longContext : base;
    return new Cost(
        new Usd(times * rates.nanos(usage)),
        usage.estimated() || guessed || !rates.know(usage)
            ? CostStatus.ESTIMATED
            : CostStatus.EXACT,
        new Usd(times * rates.input()),
        new Usd(times * rates.output()));
  }
}
