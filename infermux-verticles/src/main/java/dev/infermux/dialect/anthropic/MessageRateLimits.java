package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.RetryAdvice;
import dev.infermux.dialect.RetryAfter;
import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads when Anthropic wants to be asked again: the headers of {@link RetryAfter}, else {@code
 * anthropic-ratelimit-*-reset} of whatever ran out.
 */
final class MessageRateLimits {

  private static final String[] KINDS = {"requests", "tokens", "input-tokens", "output-tokens"};

  private MessageRateLimits() {}

  /**
   * What the headers say about asking again.
   *
   * @param now what a date is compared with when the answer itself is not dated
   */
  static RetryAdvice advice(MultiMap headers, Instant now) {
    Duration wait = RetryAfter.of(headers, now);
    return RetryAdvice.of(headers, wait != null ? wait : reset(headers, sent(headers, now)));
  }

  private static @Nullable Duration reset(MultiMap headers, Instant sent) {
    Duration exhausted = null;
    Duration tokens = null;
    Duration requests = null;
    for (String kind : KINDS) {
      Duration until = until(headers.get("anthropic-ratelimit-" + kind + "-reset"), sent);
      if (until == null) {
        continue;
      }
      if ("0".equals(headers.get("anthropic-ratelimit-" + kind + "-remaining"))) {
        exhausted = later(exhausted, until);
      }
      if (kind.equals("requests")) {
        requests = until;
      } else {
        tokens = later(tokens, until);
      }
    }
    // Tokens run out before they reach zero: the call needed more than remained.
    return exhausted != null ? exhausted : tokens != null ? tokens : requests;
  }

  private static Duration later(@Nullable Duration one, Duration other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }

  private static @Nullable Duration until(@Nullable String time, Instant sent) {
    if (time == null) {
      return null;
    }
    try {
      Instant then = OffsetDateTime.parse(time.trim()).toInstant();
      return RetryAfter.bounded(Duration.between(sent, then).toMillis() / 1e3);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant sent(MultiMap headers, Instant now) {
    String date = headers.get("date");
    try {
      return date == null
          ? now
          : ZonedDateTime.parse(date.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return now;
    }
  }
}
