package dev.infermux.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAdviceTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final List<String> NAMES =
      List.of(
          "retry-after",
          "retry-after-ms",
          "x-ratelimit-reset",
          "x-ratelimit-reset-requests",
          "x-ratelimit-reset-tokens",
          "ratelimit-reset",
          "anthropic-ratelimit-requests-reset",
          "anthropic-ratelimit-input-tokens-reset");

  private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

  private @Nullable Duration read() {
    return RetryAdvice.of(headers, NOW).after();
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7000",
    "' 7 ', 7000",
    "1.5, 1500",
    "6.4, 6400",
    "6ms, 6",
    "120ms, 120",
    "1m30s, 90000",
    "7.66s, 7660",
    "59m59.5s, 3599500",
    "PT1M30S, 90000",
    "1h, 3600000",
    "2h, 3600000",
    "1d, 3600000",
    "999999999, 3600000",
    "30 seconds, 30000",
    "1 minute and 5 seconds, 65000",
    "'2 minutes, 30 secs', 150000",
    "1.5 Hours, 3600000",
    "250 milliseconds, 250",
    "'\"30s\"', 30000",
    "'Sat, 21 Nov 2026 10:00:30 GMT', 30000",
    "'Saturday, 21-Nov-26 10:00:30 GMT', 30000",
    "Sat Nov 21 10:00:30 2026, 30000",
    "2026-11-21T10:00:30Z, 30000",
    "2026-11-21T12:00:30.250+02:00, 30250",
    "2026-11-21 10:00:30Z, 30000",
    "1795255230, 30000",
    "1795255230.5, 30500",
    "1795255230000, 30000",
    "1795255230000000, 30000",
    "1795255230000000000, 30000",
    "4102444800, 3600000",
    "9999-01-01T00:00:00Z, 3600000"
  })
  void every_spelling_of_a_time_is_read_in_every_header(String value, long millis) {
    for (String name : NAMES) {
      headers.clear().set(name, value);
      boolean bare = value.trim().matches("\\d{1,9}(\\.\\d+)?");

      assertThat(read())
          .as(name)
          .isEqualTo(bare && name.endsWith("-ms") ? inMillis(value) : Duration.ofMillis(millis));
    }
  }

  private static Duration inMillis(String value) {
    double millis = Math.ceil(Double.parseDouble(value));
    return Duration.ofMillis((long) Math.min(millis, Duration.ofHours(1).toMillis()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-3",
        "-1795255230",
        "soon",
        "NaN",
        "Infinity",
        "1e9",
        "0x10",
        "7 s!",
        "6 moons",
        "Sat, 21 Nov 2026 09:00:00 GMT",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sat, 99 Nov 2026",
        "2026-11-21T09:59:59Z",
        "1448438400000",
        "999999999999999999999999"
      })
  void nonsense_and_the_past_say_nothing(String value) {
    for (String name : NAMES) {
      headers.clear().set(name, value);

      assertThat(read()).as(name).isNull();
    }
  }

  @Test
  void seconds_of_the_epoch_that_are_past_say_nothing() {
    headers.set("retry-after", "1448438400");

    assertThat(read()).isNull();
  }

  @Test
  void milliseconds_go_first_and_what_says_nothing_is_passed_over() {
    headers.set("retry-after", "7").set("retry-after-ms", "250.4");
    assertThat(read()).isEqualTo(Duration.ofMillis(251));

    headers.set("retry-after-ms", "soon");
    assertThat(read()).isEqualTo(Duration.ofSeconds(7));

    headers.set("retry-after", "0").set("x-ratelimit-reset-tokens", "3s");
    assertThat(read()).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"retry-after", "x-ratelimit-reset-requests", "anthropic-ratelimit-x-reset"})
  void an_instant_counts_from_the_answers_own_date(String name) {
    headers.set("date", "Sat, 21 Nov 2026 11:00:00 GMT");

    for (String then :
        List.of("Sat, 21 Nov 2026 11:00:05 GMT", "2026-11-21T11:00:05Z", "1795258805")) {
      assertThat(RetryAdvice.of(headers.set(name, then), NOW).after())
          .isEqualTo(Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-ratelimit-%2$s-%1$s", "anthropic-ratelimit-%1$s-%2$s"})
  void the_reset_of_what_ran_out_counts(String form) {
    headers.set(form.formatted("requests", "reset"), "9s");
    headers.set(form.formatted("tokens", "reset"), "2s");
    assertThat(read()).as("tokens run out before they reach zero").isEqualTo(Duration.ofSeconds(2));

    headers.set(form.formatted("requests", "remaining"), "0");
    assertThat(read()).isEqualTo(Duration.ofSeconds(9));

    headers.set(form.formatted("tokens", "remaining"), "0");
    assertThat(read()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void the_limit_of_a_day_counts_only_when_it_ran_out() {
    headers.set("x-ratelimit-reset-requests-day", "33011.38");
    headers.set("x-ratelimit-reset-tokens-minute", "11.38");
    assertThat(read()).isEqualTo(Duration.ofMillis(11_380));

    headers.set("x-ratelimit-remaining-requests-day", "0");
    assertThat(read()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_provider_forbids_a_retry_or_asks_for_one_or_says_nothing_of_it() {
    assertThat(RetryAdvice.of(headers, NOW)).isEqualTo(RetryAdvice.NONE);
    assertThat(RetryAdvice.of(headers.set("x-should-retry", "true"), NOW).again()).isTrue();
    assertThat(RetryAdvice.of(headers.set("X-Should-Retry", " False"), NOW).again()).isFalse();
  }

  @Test
  void no_value_of_any_header_closes_for_more_than_an_hour() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      headers.clear();
      for (String name : NAMES) {
        if (random.nextInt(4) == 0) {
          headers.set(name, value(random));
        }
      }
      headers.set("x-ratelimit-remaining-requests", Integer.toString(random.nextInt(2)));
      Duration wait = read();

      assertThat(wait == null || (wait.compareTo(Duration.ofHours(1)) <= 0 && wait.toNanos() > 0))
          .as("seed %d: %s gives %s", seed, headers, wait)
          .isTrue();
    }
  }

  private static String value(Random random) {
    Instant then = NOW.plusSeconds(random.nextLong() >> (20 + random.nextInt(40)));
    OffsetDateTime utc = then.atOffset(ZoneOffset.UTC);
    return switch (random.nextInt(8)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(63));
      case 1 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(20)));
      case 2 -> random.nextInt(100_000) + "h" + random.nextInt() + "ms";
      case 3 -> then.toString();
      case 4 -> Long.toString(then.toEpochMilli());
      case 5 ->
          DateTimeFormatter.RFC_1123_DATE_TIME.format(utc.withYear(1 + random.nextInt(9_998)));
      case 6 -> Duration.ofSeconds(random.nextLong() >> 2).toString();
      default ->
          random
              .ints(random.nextInt(12), ' ', '~')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rate limit reached for m: Limit 30000, Used 28000. Please try again in 2.5s. Visit …|2500",
        "Please try again in 6m0s.|360000",
        "Please try again in 1m30.5s|90500",
        "Please try again in 20ms.|20",
        "Please retry after 26 seconds.|26000",
        "please wait for 2 minutes and try again|120000",
        "Too many requests, retry in 1 hour 5 minutes|3600000",
      })
  void a_wait_in_words_is_read(String message, long millis) {
    assertThat(RetryPhrases.in(message)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please try again later.",
        "retry after 3 attempts",
        "try again in 5 moons",
        "wait in line",
        "Limit 30 s reached"
      })
  void other_words_name_no_wait(String message) {
    assertThat(RetryPhrases.in(message)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'1', ',1', 1000",
    "'1', ' , 1', 1000",
    "'1', ',x',",
    "'1', ' ',1000",
    "'', '1h', 3600000",
    "'', '1 s ', 3600000",
    "'P', '1', "
  })
  void long_header_takes_no_stack(String begin, String piece, @Nullable Long millis)
      throws Exception {
    headers.set("retry-after", begin + piece.repeat(4_000));

    withLittleStack(
        () -> assertThat(read()).isEqualTo(millis == null ? null : Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1h", "1 s ", "1m30s ", "1"})
  void long_message_takes_no_stack(String piece) throws Exception {
    String message = "Please try again in " + piece.repeat(2_000);

    withLittleStack(() -> RetryPhrases.in(message));
  }

  private static void withLittleStack(Runnable work) throws Exception {
    FutureTask<?> task = new FutureTask<>(work, null);
    new Thread(null, task, "little-stack", 192 << 10).start();
    task.get();
  }
}
