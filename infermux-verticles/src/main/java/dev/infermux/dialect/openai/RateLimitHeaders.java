package dev.infermux.dialect.openai;

import dev.infermux.dialect.RetryAdvice;
import dev.infermux.dialect.RetryAfter;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a provider wants to be asked again: the headers of {@link RetryAfter}, else OpenAI's
 * {@code x-ratelimit-reset-*} of whatever ran out.
 */
final class RateLimitHeaders {

  private static final Pattern PARTS =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|us|µs|ns|d|h|m|s)");

  private RateLimitHeaders() {}

  /**
   * What the headers say about asking again.
   *
   * @param now what a date is compared with when the answer itself is not dated
   */
  static RetryAdvice advice(MultiMap headers, Instant now) {
    Duration wait = RetryAfter.of(headers, now);
    return RetryAdvice.of(headers, wait != null ? wait : reset(headers));
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

  /** Such as {@code 6m0s}, {@code 120ms} or {@code 7.66s}; a bare number counts seconds. */
  private static @Nullable Duration goDuration(@Nullable String value) {
    if (value == null) {
      return null;
    }
    Duration bare = RetryAfter.seconds(value, 1);
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
    return end == 0 || end != value.trim().length() ? null : RetryAfter.bounded(total);
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
}
