package dev.infermux.policy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatesPropertyTest {

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void integers_agree_with_decimal_arithmetic_to_the_nano_dollar() {
    for (int i = 0; i < 50_000; i++) {
      Rates rates = Rates.of(rate(), rate(), rate(), rate(), rate());
      Usage usage =
          new Usage(count(), count(), count(), count(), count(), 0, false, Usage.Terms.STANDARD);

      assertThat(rates.nanos(usage))
          .as("seed %d, case %d: %s at %s", seed, i, usage, rates)
          .isEqualTo(oracle(rates, usage));
    }
  }

  @Test
  void a_negative_count_costs_nothing() {
    Rates rates = Rates.of(1_000_000, 1_000_000, 0, 0, 1_000_000);

    assertThat(rates.nanos(new Usage(-5, 2, 0, 0, 3, 0, false, Usage.Terms.STANDARD))).isEqualTo(5);
  }

  @Test
  void nonsense_counts_stop_at_a_million_dollars() {
    Rates rates = Rates.of(2_500_000_000L, 0, 0, 0, 10_000_000_000L);

    assertThat(
            rates.nanos(
                new Usage(Long.MAX_VALUE, 0, 0, 0, Long.MAX_VALUE, 0, false, Usage.Terms.STANDARD)))
        .isEqualTo(Rates.MOST_NANOS);
  }

  /** From free to 1000 dollars a million, at every magnitude. */
  private long rate() {
    return (long) Math.pow(10, random.nextDouble() * 12) - 1;
  }

  /** From none to ten billion tokens, at every magnitude. */
  private long count() {
    return (long) Math.pow(10, random.nextDouble() * 10) - 1;
  }

  private static long oracle(Rates rates, Usage usage) {
    BigDecimal dollars =
        dollars(usage.input(), rates.input())
            .add(dollars(usage.cacheRead(), rates.cacheRead()))
            .add(dollars(usage.cacheWrite5m(), rates.cacheWrite5m()))
            .add(dollars(usage.cacheWrite1h(), rates.cacheWrite1h()))
            .add(dollars(usage.output(), rates.output()));
    return dollars
        .movePointRight(9)
        .setScale(0, RoundingMode.HALF_UP)
        .min(BigDecimal.valueOf(Rates.MOST_NANOS))
        .longValueExact();
  }

  /** tokens/10⁶ × price, as the contract of cost puts it. */
  private static BigDecimal dollars(long tokens, long nanosPerMillion) {
    return BigDecimal.valueOf(tokens)
        .movePointLeft(6)
        .multiply(BigDecimal.valueOf(nanosPerMillion, 9));
  }
}
