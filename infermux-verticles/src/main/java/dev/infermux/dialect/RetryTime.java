package dev.infermux.dialect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a provider wants to be left alone, in every spelling that is seen: a number of
 * seconds or milliseconds, Go's durations, ISO 8601 durations, words, the three forms of an HTTP
 * date, RFC 3339 instants, and numbers that are instants of the Unix epoch. A number that proxies
 * have repeated is one.
 *
 * @param unit what a bare number counts, in milliseconds
 * @param sent when the answer was sent, from which an instant is counted
 */
record RetryTime(long unit, Instant sent) {

  static final long SECONDS = 1_000;
  static final long MILLIS = 1;

  /** What a longer wait becomes: nothing is left alone for more. */
  static final Duration LONGEST = Duration.ofHours(1);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,20}(?:\\.\\d{1,20})?");

  /** Possessive: what repeats else takes stack for each time, and a long header all of it. */
  private static final Pattern REPEATED =
      Pattern.compile("(" + NUMBER.pattern() + ")(?:\\s*,\\s*\\1)++");

  /** Seconds since the epoch from 2001 on; no wait is that long. */
  private static final double FIRST_EPOCH_SECOND = 1e9;

  /** The wait, more than nothing and at most an hour; null when the text names none. */
  @Nullable Duration read(@Nullable String text) {
    String value = text == null ? "" : unquoted(text.trim());
    if (value.isEmpty()) {
      return null;
    } else if (NUMBER.matcher(value).matches()) {
      return number(Double.parseDouble(value));
    }
    Duration wait = duration(value);
    return wait != null ? bounded(wait) : until(instant(value));
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String value = quoted ? text.substring(1, text.length() - 1).trim() : text;
    Matcher repeated = REPEATED.matcher(value);
    return repeated.matches() ? repeated.group(1) : value;
  }

  private @Nullable Duration number(double value) {
    double seconds = value * unit / SECONDS;
    boolean epochSeconds = Math.abs(value - sent.getEpochSecond()) < Duration.ofDays(1).toSeconds();
    if (seconds < FIRST_EPOCH_SECOND && !epochSeconds) {
      return bounded(millis(seconds * SECONDS));
    }
    double scaled = value;
    while (scaled >= 100 * FIRST_EPOCH_SECOND) {
      scaled /= 1_000; // Milliseconds, or smaller units.
    }
    return until(Instant.EPOCH.plusMillis((long) (scaled * 1_000)));
  }

  private static @Nullable Duration duration(String value) {
    if (value.startsWith("P")) {
      try {
        return Duration.parse(value);
      } catch (DateTimeException e) {
        return null;
      }
    }
    double millis = WaitText.millis(value);
    return Double.isNaN(millis) ? null : millis(millis);
  }

  private @Nullable Instant instant(String value) {
    Instant then = HttpDate.parse(value, sent);
    if (then != null) {
      return then;
    }
    try {
      return OffsetDateTime.parse(value.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private @Nullable Duration until(@Nullable Instant then) {
    return then == null ? null : bounded(Duration.between(sent, then));
  }

  private static @Nullable Duration bounded(Duration wait) {
    if (wait.compareTo(Duration.ZERO) <= 0) {
      return null;
    }
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  /** In whole milliseconds, never less than what was said. */
  private static Duration millis(double millis) {
    double most = Math.min(millis, (double) LONGEST.toMillis());
    return Duration.ofMillis((long) Math.ceil(most - 1e-6));
  }
}
