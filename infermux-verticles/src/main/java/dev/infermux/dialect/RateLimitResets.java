package dev.infermux.dialect;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds when a rate limit is reset, in OpenAI's headers ({@code x-ratelimit-reset-requests}),
 * Anthropic's ({@code anthropic-ratelimit-tokens-reset}) and those without a kind.
 */
final class RateLimitResets {

  private static final String RESET = "x-ratelimit-reset";
  private static final String ANTHROPIC = "anthropic-ratelimit-";

  private final MultiMap headers;
  private final RetryTime times;
  private @Nullable Duration exhausted;
  private @Nullable Duration tokens;
  private @Nullable Duration others;

  private RateLimitResets(MultiMap headers, RetryTime times) {
    this.headers = headers;
    this.times = times;
  }

  /** The wait until what ran out is there again; null when the headers do not say. */
  static @Nullable Duration read(MultiMap headers, RetryTime times) {
    RateLimitResets resets = new RateLimitResets(headers, times);
    for (Map.Entry<String, String> header : headers) {
      resets.read(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    // Tokens run out before they reach zero: the call needed more than remained.
    return resets.exhausted != null
        ? resets.exhausted
        : resets.tokens != null ? resets.tokens : resets.others;
  }

  private void read(String name, String value) {
    if (name.startsWith(RESET)) {
      String kind = name.substring(RESET.length());
      read(kind, value, headers.get("x-ratelimit-remaining" + kind));
    } else if (name.startsWith(ANTHROPIC) && name.endsWith("-reset")) {
      String kind = name.substring(0, name.length() - "-reset".length());
      read(kind, value, headers.get(kind + "-remaining"));
    } else if (name.equals("ratelimit-reset")) {
      read("", value, headers.get("ratelimit-remaining"));
    }
  }

  private void read(String kind, String value, @Nullable String remaining) {
    Duration wait = times.read(value);
    if (wait == null) {
      return;
    }
    if (remaining != null && remaining.trim().equals("0")) {
      exhausted = later(exhausted, wait);
    } else if (kind.endsWith("-day")) {
      return; // The limit of a day is not what a call of this minute has met.
    }
    if (kind.contains("tokens")) {
      tokens = later(tokens, wait);
    } else {
      others = later(others, wait);
    }
  }

  private static Duration later(@Nullable Duration one, Duration other) {
    return one == null || one.compareTo(other) < 0 ? other : one;
  }
}
