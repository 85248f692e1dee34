package dev.infermux.policy.pricing;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hours of each day in UTC, such as {@code 01:00-04:00}; the last minute does not belong to it. */
public record DailyHours(List<Span> spans) {

  /** What {@link #parse} takes. */
  public static final String EXPECTED = "hours of the day in UTC such as 01:00-04:00";

  private static final Pattern FORM =
      Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)-([01]\\d|2[0-4]):([0-5]\\d)");
  private static final int MINUTES = 24 * 60;
  private static final long MILLIS_OF_MINUTE = 60_000;

  public DailyHours {
    spans = List.copyOf(spans);
  }

  /** Some minutes of the day; one that ends before it begins goes on after midnight. */
  public record Span(int from, int to) {

    private boolean covers(int minute) {
      return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    /** As {@link DailyHours#parse} takes it. */
    @Override
    public String toString() {
      return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, to / 60, to % 60);
    }
  }

  /** Reads one span; empty when it is none. */
  public static Optional<Span> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    int from = minutes(form.group(1), form.group(2));
    int to = minutes(form.group(3), form.group(4));
    return to > MINUTES || from == to ? Optional.empty() : Optional.of(new Span(from, to));
  }

  private static int minutes(String hours, String minutes) {
    return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
  }

  boolean cover(long epochMillis) {
    int minute = (int) Math.floorMod(epochMillis / MILLIS_OF_MINUTE, (long) MINUTES);
    return spans.stream().anyMatch(span -> span.covers(minute));
  }
}
