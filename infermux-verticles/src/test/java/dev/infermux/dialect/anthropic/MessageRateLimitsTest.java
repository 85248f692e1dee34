package dev.infermux.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageRateLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String LIMIT = "anthropic-ratelimit-";

  private static @Nullable Duration waits(String... headers) {
    MultiMap map = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      map.add(headers[i], headers[i + 1]);
    }
    return MessageRateLimits.advice(map, NOW).after();
  }

  @Test
  void what_the_provider_asks_for_counts_first() {
    assertThat(waits("retry-after", "7", LIMIT + "requests-reset", "2026-11-20T10:00:30Z"))
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void else_it_is_when_that_is_reset_which_ran_out() {
    assertThat(
            waits(
                LIMIT + "requests-remaining", "0",
                LIMIT + "requests-reset", "2026-11-20T10:00:30Z",
                LIMIT + "tokens-remaining", "500",
                LIMIT + "tokens-reset", "2026-11-20T10:00:50Z"))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(
            waits(
                LIMIT + "requests-remaining", "9",
                LIMIT + "requests-reset", "2026-11-20T10:00:01Z",
                LIMIT + "output-tokens-remaining", "20",
                LIMIT + "output-tokens-reset", "2026-11-20T12:00:12+02:00"))
        .isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void a_dated_answer_is_measured_from_its_own_date() {
    assertThat(
            waits(
                "date",
                "Fri, 20 Nov 2026 10:00:20 GMT",
                LIMIT + "tokens-reset",
                "2026-11-20T10:00:30Z"))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void nonsense_and_the_past_are_no_wait() {
    assertThat(waits()).isNull();
    assertThat(waits(LIMIT + "tokens-reset", "soon")).isNull();
    assertThat(waits(LIMIT + "tokens-reset", "2026-11-20T09:00:00Z")).isEqualTo(Duration.ZERO);
    assertThat(waits(LIMIT + "tokens-reset", "9999-01-01T00:00:00Z")).isEqualTo(Duration.ofDays(1));
  }
}
