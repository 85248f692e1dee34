package dev.infermux.dialect;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a provider wants to be asked again: {@code retry-after-ms}, else {@code retry-after}
 * in seconds or as a date, else OpenAI's {@code x-ratelimit-reset-*} of whatever ran out.
 */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?");
  private static final Pattern PARTS =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|d|h|m|s)");

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
    return wait != null ? wait : reset(headers);
  }

  private static @Nullable Duration reset(MultiMap headers) {
    Duration requests = goDuration(headers.get("x-ratelimit-reset-requests"));
    Duration tokens = goDuration(headers.get("x-ratelimit-reset-tokens"));
    boolean noRequests = "0".equals(headers.get("x-ratelimit-remaining-requests"));
    boolean noTokens = "0".equals(headers.get("x-ratelimit-remaining-tokens"));
    if (noRequests && noTokens && requests != null && tokens != null) {
      return requests.compareTo(tokens) > 0 ? requests : tokens;
    }
    if (noRequests && requests != null) {
      return requests;
    }
    // Tokens run out before they reach zero: the call needed more than remained.
    return tokens != null ? tokens : requests;
  }

  private static @Nullable Duration seconds(@Nullable String value, double unit) {
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

  /** Such as {@code 6m0s}, {@code 120ms} or {@code 7.66s}; a bare number counts seconds. */
  private static @Nullable Duration goDuration(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Duration bare = seconds(value, 1);
    if (bare != null) {
      return bare;
    }
    Matcher part = PARTS.matcher(value.trim());
    double total = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      total += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    return end == 0 || end != value.trim().length() ? null : bounded(total);
  }

  private static double unit(String name) {
    return switch (name) {
      case "d" -> 86_400;
      case "h" -> 3_600;
      case "m" -> 60;
      case "s" -> 1;
      case "ms" -> 1e-3;
      case "ns" -> 1e-9;
      default -> 1e-6;
    };
  }

  private static Duration bounded(double seconds) {
    double most = Math.min((double) LONGEST.toSeconds(), Math.max(0, seconds));
    return Duration.ofMillis(Math.round(most * 1000));
  }
}
