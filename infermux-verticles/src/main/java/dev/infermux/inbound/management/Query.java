package dev.infermux.inbound.management;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request. What it cannot be is refused, unknown names included: whoever misspells
 * {@code period} must not take the current month for the one he asked for.
 */
final class Query {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** How many months before the current one are kept. */
  private static final int PAST_MONTHS = 12;

  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern BUCKET = Pattern.compile("(\\d{1,4})([mh])");

  private final MultiMap parameters;

  private Query(MultiMap parameters) {
    this.parameters = parameters;
  }

  /**
   * The query of this request.
   *
   * @param names that may stand in it, once each
   */
  public static Query of(RoutingContext context, String... names) {
    MultiMap parameters = parameters(context);
    List<String> known = List.of(names);
    for (String name : parameters.names()) {
      if (!known.contains(name)) {
        throw refused(name, "unknown", known.isEmpty() ? "no query" : String.join(" | ", known));
      }
      if (parameters.getAll(name).size() > 1) {
        throw refused(name, "given " + parameters.getAll(name).size() + " times", "once");
      }
    }
    return new Query(parameters);
  }

  private static MultiMap parameters(RoutingContext context) {
    try {
      return context.queryParams();
    } catch (HttpException | IllegalArgumentException broken) {
      throw new InferenceException(
          new Failure.InvalidRequest("query: malformed (expected: name=value)", null));
    }
  }

  /** A month that is kept; absent = the newest. */
  public YearMonth month(String name, YearMonth newest) {
    String given = parameters.get(name);
    return given == null ? newest : month(name, given, newest);
  }

  private static YearMonth month(String name, String given, YearMonth newest) {
    YearMonth oldest = newest.minusMonths(PAST_MONTHS);
    try {
      if (MONTH.matcher(given).matches()) {
        YearMonth month = YearMonth.parse(given);
        if (!month.isAfter(newest) && !month.isBefore(oldest)) {
          return month;
        }
      }
    } catch (DateTimeException noSuchMonth) {
      // Said below.
    }
    throw refused(name, quoted(given), "a month as YYYY-MM, from " + oldest + " to " + newest);
  }

  /** Null when it is not given. */
  @Nullable String text(String name) {
    return parameters.get(name);
  }

  /** One of some words; absent = the first. */
  String choice(String name, String... words) {
    String given = parameters.get(name);
    if (given == null) {
      return words[0];
    }
    if (!List.of(words).contains(given)) {
      throw refused(name, quoted(given), String.join(" | ", words));
    }
    return given;
  }

  public int integer(String name, int otherwise, int most) {
    String given = parameters.get(name);
    if (given == null) {
      return otherwise;
    }
    boolean digits = given.matches("\\d{1,9}");
    int value = digits ? Integer.parseInt(given) : 0;
    if (value < 1 || value > most) {
      throw refused(name, quoted(given), "1 to " + most);
    }
    return value;
  }

  /** Minutes or hours, within a day. */
  public Duration bucket(String name, Duration otherwise) {
    String given = parameters.get(name);
    return given == null ? otherwise : bucket(name, given);
  }

  /** One of these, the first of them where none is given. */
  public Duration oneOf(String name, List<Duration> allowed) {
    Duration asked = bucket(name, allowed.get(0));
    if (!allowed.contains(asked)) {
      throw refused(
          name,
          quoted(parameters.get(name)),
          allowed.stream().map(one -> one.toHours() + "h").collect(Collectors.joining(" | ")));
    }
    return asked;
  }

  private static Duration bucket(String name, String given) {
    Matcher form = BUCKET.matcher(given);
    if (form.matches()) {
      long count = Long.parseLong(form.group(1));
      Duration width =
          form.group(2).equals("m") ? Duration.ofMinutes(count) : Duration.ofHours(count);
      if (width.compareTo(SHORTEST) >= 0 && width.compareTo(LONGEST) <= 0) {
        return width;
      }
    }
    throw refused(name, quoted(given), "minutes or hours from 1m to 24h, such as 15m");
  }

  private static InferenceException refused(String name, String found, String expected) {
    return new InferenceException(
        new Failure.InvalidRequest(
            "query: " + printable(name) + ": " + found + " (expected: " + expected + ")",
            printable(name)));
  }

  public static String quoted(@Nullable String text) {
    return "\"" + printable(text == null ? "" : text) + "\"";
  }

  private static String printable(String text) {
    String safe = HeaderText.of(text);
    return safe.length() > 100 ? safe.substring(0, 100) + "…" : safe;
  }
}
