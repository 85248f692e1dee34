package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.pricing.AudioPrice;
import dev.infermux.policy.pricing.DailyHours;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceVariants;
import dev.infermux.policy.pricing.PricingOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricingTest extends Reading {

  private Map<String, ModelPrice> priced(String price) throws Exception {
    String file = "providers: [{ name: e, type: echo }]\npricing: { e: { m: " + price + " } }\n";
    return loaded(read(file, ReadOptions.of(Map.of()))).config().pricing().overrides().get("e");
  }

  @Test
  void cache_rates_are_read() throws Exception {
    assertThat(
            priced(
                "{ input_per_million: 3, output_per_million: 15, cached_input_per_million: 0.30,"
                    + " cache_write_per_million: 3.75, cache_write_1h_per_million: 6 }"))
        .containsOnly(
            Map.entry(
                "m",
                new ModelPrice(
                    new BigDecimal("3"),
                    new BigDecimal("15"),
                    new BigDecimal("0.30"),
                    new BigDecimal("3.75"),
                    new BigDecimal("6"))));
  }

  @Test
  void a_cache_rate_that_is_not_set_is_no_rate_and_not_nought() throws Exception {
    assertThat(priced("{ input_per_million: 3, output_per_million: 15 }"))
        .containsOnly(Map.entry("m", new ModelPrice(new BigDecimal("3"), new BigDecimal("15"))));
    assertThat(
            priced("{ input_per_million: 3, output_per_million: 15, cached_input_per_million: 0 }")
                .get("m")
                .cacheReadPerMillion())
        .isEqualByComparingTo(BigDecimal.ZERO);
  }

  @Test
  void a_wrong_rate_is_named() throws Exception {
    String file =
        "providers: [{ name: e, type: echo }]\n"
            + "pricing: { e: { m: { input_per_million: 3, output_per_million: 15,"
            + " cached_input_per_million: cheap, cache_write_per_million: -1 } } }\n";

    assertThat(problems(read(file, ReadOptions.of(Map.of()))))
        .containsExactly(
            "pricing.e.m.cached_input_per_million: \"cheap\" (expected: US dollars from 0 to"
                + " 9000000000 with at most 9 decimals)",
            "pricing.e.m.cache_write_per_million: -1 (expected: US dollars from 0 to"
                + " 9000000000 with at most 9 decimals)");
  }

  @Test
  void what_costs_otherwise_is_read_and_written_again() throws Exception {
    ModelPrice rates = new ModelPrice(new BigDecimal("1"), new BigDecimal("2"));
    ModelPrice price =
        rates
            .withAudio(new AudioPrice(new BigDecimal("32"), new BigDecimal("64")))
            .withVariants(
                PriceVariants.NONE
                    .above(200_000, rates)
                    .withTiers(Map.of("priority", rates))
                    .withPeak(
                        new PriceVariants.PeakPrice(
                            new DailyHours(List.of(DailyHours.parse("01:00-04:00").orElseThrow())),
                            rates)));
    String plain = "input_per_million: 1, output_per_million: 2";

    assertThat(
            priced(
                "{ %s, audio_input_per_million: 32, audio_output_per_million: 64,".formatted(plain)
                    + " long_context: { above_tokens: 200000, %s },".formatted(plain)
                    + " service_tiers: { priority: { %s } },".formatted(plain)
                    + " peak: { hours: [\"01:00-04:00\"], %s } }".formatted(plain)))
        .containsOnly(Map.entry("m", price));
    Config built =
        Config.echo().withPricing(new PricingOptions(Map.of("echo", Map.of("m", price))));
    assertThat(ConfigAsFile.json(built).getJsonObject("pricing").encode())
        .contains("\"above_tokens\":200000", "\"hours\":[\"01:00-04:00\"]", "\"priority\":{");
  }

  @Test
  void wrong_hours_and_tiers_are_named() throws Exception {
    String rates = "input_per_million: 1, output_per_million: 2";
    String file =
        "providers: [{ name: e, type: echo }]\npricing: { e: { m: { "
            + rates
            + ", long_context: { "
            + rates
            + " }, service_tiers: { fast: { "
            + rates
            + " } }, peak: { hours: [noon], "
            + rates
            + " }, } } }\n";

    assertThat(problems(read(file, ReadOptions.of(Map.of()))))
        .containsExactlyInAnyOrder(
            "pricing.e.m.long_context.above_tokens: missing (expected: a whole number >= 1)",
            "pricing.e.m.service_tiers.fast: a mapping (expected: flex, priority or batch as the"
                + " key)",
            "pricing.e.m.peak.hours[0]: \"noon\" (expected: hours of the day in UTC such as"
                + " 01:00-04:00)");
  }
}
