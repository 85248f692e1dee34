package dev.infermux.dialect;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a provider wants to be asked again: {@code retry-after-ms}, else {@code retry-after}
 * in seconds or as a date.
 */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?");

  private RetryAfter() {}

  /**
   * The wait, between nothing and a day; null when the headers do not say.
   *
   * @param now what a date is compared with when the answer itself is not dated
   */
  public static @Nullable Duration of(MultiMap headers, Instant now) {
    Duration millis = seconds(headers.get("retry-after-ms"), 1e-3);
    if (millis != null) {
      return millis;
    }
    String value = headers.get("retry-after");
    Duration wait = seconds(value, 1);
    if (wait == null && value != null) {
      wait = until(value, headers.get("date"), now);
    }
    return wait;
  }

  public static @Nullable Duration seconds(@Nullable String value, double unit) {
    String number = value == null ? "" : value.trim();
    return NUMBER.matcher(number).matches() ? bounded(Double.parseDouble(number) * unit) : null;
  }

  private static @Nullable Duration until(String value, @Nullable String dated, Instant now) {
    Instant then = date(value);
    if (then == null) {
      return null;
    }
    Instant from = dated == null ? null : date(dated);
    return bounded(Duration.between(from == null ? now : from, then).toMillis() / 1e3);
  }

  private static @Nullable Instant date(String value) {
    try {
      return ZonedDateTime.parse(value.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  public static Duration bounded(double seconds) {
    double most = Math.min((double) LONGEST.toSeconds(), Math.max(0, seconds));
    return Duration.ofMillis(Math.round(most * 1000));
  }
}
