package dev.infermux.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitHeadersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  private Duration read() {
    return RateLimitHeaders.advice(headers, NOW).after();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7000",
    "0, 0",
    "1.5, 1500",
    "-3, 0",
    "99999999, 86400000",
    "'Sat, 21 Nov 2026 10:00:30 GMT', 30000",
    "'Sat, 21 Nov 2026 09:00:00 GMT', 0"
  })
  void seconds_and_dates_are_read(String value, long millis) {
    headers.set("Retry-After", value);

    assertThat(read()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"soon", "''", "NaN", "'Sat, 99 Nov 2026'"})
  void nonsense_says_nothing(String value) {
    headers.set("retry-after", value);

    assertThat(read()).isNull();
  }

  @Test
  void milliseconds_go_first() {
    headers.set("retry-after", "7").set("retry-after-ms", "250.4");

    assertThat(read()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void a_date_counts_from_the_answers_own_date() {
    headers.set("date", "Sat, 21 Nov 2026 11:00:00 GMT");
    headers.set("retry-after", "Sat, 21 Nov 2026 11:00:05 GMT");

    assertThat(read()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "6m0s, 360000",
    "120ms, 120",
    "1h2m3.5s, 3723500",
    "7.66s, 7660",
    "2, 2000",
    "1d, 86400000"
  })
  void resets_are_go_durations(String value, long millis) {
    headers.set("x-ratelimit-reset-tokens", value);

    assertThat(read()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void the_reset_of_what_ran_out_counts() {
    headers.set("x-ratelimit-reset-requests", "9s").set("x-ratelimit-reset-tokens", "2s");
    assertThat(read()).isEqualTo(Duration.ofSeconds(2));

    headers.set("x-ratelimit-remaining-requests", "0");
    assertThat(read()).isEqualTo(Duration.ofSeconds(9));

    headers.set("x-ratelimit-remaining-tokens", "0");
    assertThat(read()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void broken_resets_say_nothing() {
    headers.set("x-ratelimit-reset-requests", "6 moons").set("x-ratelimit-reset-tokens", "5s!");

    assertThat(read()).isNull();
  }
}
