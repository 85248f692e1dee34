package dev.infermux.dialect;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about asking it again.
 *
 * @param after when, at most an hour; null when it does not say
 * @param again whether the same request may be sent again; null when it does not say
 */
public record RetryAdvice(@Nullable Duration after, @Nullable Boolean again) {

  /** Nothing is said. */
  public static final RetryAdvice NONE = new RetryAdvice(null, null);

  /**
   * Reads {@code retry-after-ms}, else {@code retry-after}, else when a rate limit is reset, and
   * {@code x-should-retry}.
   *
   * @param now what an instant is compared with when the answer itself is not dated
   */
  public static RetryAdvice of(MultiMap headers, Instant now) {
    String date = headers.get("date");
    Instant dated = date == null ? null : HttpDate.parse(date.trim(), now);
    Instant sent = dated == null ? now : dated;
    RetryTime times = new RetryTime(RetryTime.SECONDS, sent);
    Duration after = new RetryTime(RetryTime.MILLIS, sent).read(headers.get("retry-after-ms"));
    if (after == null) {
      after = times.read(headers.get("retry-after"));
    }
    if (after == null) {
      after = RateLimitResets.read(headers, times);
    }
    return new RetryAdvice(after, again(headers.get("x-should-retry")));
  }

  private static @Nullable Boolean again(@Nullable String said) {
    String word = said == null ? "" : said.trim();
    if (word.equalsIgnoreCase("false")) {
      return false;
    }
    return word.equalsIgnoreCase("true") ? true : null;
  }
}
