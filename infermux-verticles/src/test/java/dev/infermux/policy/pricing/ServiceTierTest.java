package dev.infermux.policy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.assembly.ListPrices;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.ServiceTier;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTierTest {

  private static final Usage USAGE = Usage.reported(100_000, 10_000);

  private final PriceBook prices = new PriceBook(ListPrices.builtIn(), PricingOptions.defaults());

  private Cost cost(String model, Usage usage) {
    return prices.cost("openai", "openai", model, usage);
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5-mini, '', 0.045, EXACT",
    "gpt-5-mini, default, 0.045, EXACT",
    "gpt-5-mini, flex, 0.0225, EXACT",
    "gpt-5-mini, batch, 0.0225, EXACT",
    "gpt-5-mini, priority, 0.081, EXACT",
    "gpt-5-mini, fast, 0.081, EXACT",
    // No priority rate is listed: twice the standard one, and no less for a flex rate.
    "gpt-4-turbo, priority, 2.6, ESTIMATED",
    "gpt-4-turbo, whatever, 2.6, ESTIMATED",
    "gpt-4-turbo, flex, 1.3, ESTIMATED"
  })
  void a_tier_has_its_own_rates(String model, String tier, String usd, CostStatus status) {
    Cost cost = cost(model, USAGE.inTier(tier));

    assertThat(cost.amount()).isEqualTo(Usd.of(new BigDecimal(usd)));
    assertThat(cost.status()).isEqualTo(status);
  }

  @Test
  void a_tier_that_was_asked_for_and_not_reported_is_assumed_and_never_exact() {
    Usage assumed = ServiceTier.assumed(USAGE, "priority");
    assertThat(cost("gpt-5-mini", assumed).amount()).isEqualTo(Usd.of(new BigDecimal("0.081")));
    assertThat(cost("gpt-5-mini", assumed).status()).isEqualTo(CostStatus.ESTIMATED);
    assertThat(ServiceTier.assumed(USAGE.inTier("default"), "priority").terms().tier())
        .isEqualTo("default");
    assertThat(ServiceTier.assumed(USAGE, "auto")).isEqualTo(USAGE);
  }

  @Test
  void a_bound_covers_the_tier_that_is_asked_for() {
    assertThat(
            prices
                .bound("openai", "openai", "gpt-5-mini", new AskedPrice(100, "priority", false))
                .outputPerMillion())
        .isEqualTo(Usd.of(new BigDecimal("3.6")));
    assertThat(
            prices
                .bound("openai", "openai", "gpt-4-turbo", new AskedPrice(100, "fast", false))
                .outputPerMillion())
        .isEqualTo(Usd.of(new BigDecimal("60")));
    assertThat(
            prices
                .bound("openai", "openai", "gpt-5-mini", new AskedPrice(100, "flex", false))
                .outputPerMillion())
        .isEqualTo(Usd.of(new BigDecimal("2")));
  }

  @Test
  void sound_makes_a_cost_an_estimate() {
    Usage sound = USAGE.withTerms(new Usage.Terms("", 50, 0, -1));

    assertThat(cost("gpt-4o", sound).status()).isEqualTo(CostStatus.ESTIMATED);
  }

  @Test
  void a_providers_own_bill_counts_where_no_price_is_known() {
    Usage billed = USAGE.withTerms(new Usage.Terms("", 0, 0, 12_345));

    assertThat(cost("no-such-model", billed))
        .isEqualTo(new Cost(new Usd(12_345), CostStatus.EXACT, Usd.ZERO, Usd.ZERO));
    assertThat(cost("gpt-5-mini", billed).amount()).isEqualTo(Usd.of(new BigDecimal("0.045")));
  }
}
