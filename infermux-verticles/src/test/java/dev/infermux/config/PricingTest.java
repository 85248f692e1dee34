package dev.infermux.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.pricing.ModelPrice;
import java.math.BigDecimal;
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
            "pricing.e.m.cached_input_per_million: \"cheap\" (expected: US dollars >= 0 with at"
                + " most 9 decimals)",
            "pricing.e.m.cache_write_per_million: -1 (expected: US dollars >= 0 with at most 9"
                + " decimals)");
  }
}
