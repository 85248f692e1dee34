package dev.infermux.dialect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a provider wants to be left alone, in every spelling that is seen: a number of
 * seconds or milliseconds, Go's durations, ISO 8601 durations, the three forms of an HTTP date, RFC
 * 3339 instants, and numbers that are instants of the Unix epoch.
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
  private static final Pattern PARTS =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ms|us|µs|μs|ns|d|h|m|s)");

  /** Seconds since the epoch from 2001 on; no wait is that long. */
  private static final double FIRST_EPOCH_SECOND = 1e9;

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  /** Its years have two digits; one that looks more than fifty years ahead is in the past. */
  private static DateTimeFormatter rfc850(Instant now) {
    LocalDate base = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(50);
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }

  /** The wait, more than nothing and at most an hour; null when the text names none. */
  @Nullable Duration read(@Nullable String text) {
    String value = text == null ? "" : text.trim();
    if (value.isEmpty()) {
      return null;
    } else if (NUMBER.matcher(value).matches()) {
      return number(Double.parseDouble(value));
    }
    Duration wait = duration(value);
    return wait != null ? bounded(wait) : until(instant(value));
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

  /** Such as {@code 6m0s}, {@code 120ms}, {@code 7.66s} or {@code PT1M}. */
  private static @Nullable Duration duration(String value) {
    if (value.startsWith("P")) {
      return parsed(value, Duration::parse);
    }
    Matcher part = PARTS.matcher(value);
    double millis = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    return end != value.length() ? null : millis(millis);
  }

  private static double unit(String name) {
    return switch (name) {
      case "d" -> 86_400_000;
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1_000;
      case "ms" -> 1;
      case "ns" -> 1e-6;
      default -> 1e-3;
    };
  }

  private @Nullable Instant instant(String value) {
    Instant then = httpDate(value, sent);
    return then != null
        ? then
        : parsed(value.replace(' ', 'T'), text -> OffsetDateTime.parse(text).toInstant());
  }

  /** An HTTP date in any of its three forms; null where it is none. */
  static @Nullable Instant httpDate(String value, Instant now) {
    Instant then =
        parsed(
            value,
            text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    if (then == null) {
      then = parsed(value, text -> utc(LocalDateTime.parse(text, rfc850(now))));
    }
    return then != null ? then : parsed(value, text -> utc(LocalDateTime.parse(text, ASCTIME)));
  }

  private static Instant utc(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }

  private static <T> @Nullable T parsed(String value, Function<String, T> form) {
    try {
      return form.apply(value);
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
    double most = Math.min(millis, LONGEST.toMillis());
    return Duration.ofMillis((long) Math.ceil(most - 1e-6));
  }
}
