package dev.infermux.config.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, or a number of seconds. */
public final class Durations {
  private static final String SHAPE = "(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h)?";
  private static final Pattern PATTERN = Pattern.compile(SHAPE);
  private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(Duration.ofDays(366).toMillis());

  private Durations() {}

  /** At least a millisecond, at most a leap year: longer ones are slips of the pen. */
  public static Kind<Duration> positive() {
    return Kind.of(
        "duration",
        "a duration of 1ms to 8784h such as 500ms, 30s, 5m, 1h, or a number of seconds",
        Durations::parse,
        Durations::text,
        new JsonObject()
            .put(
                "anyOf",
                new JsonArray()
                    .add(new JsonObject().put("type", "number").put("exclusiveMinimum", 0))
                    .add(
                        new JsonObject().put("type", "string").put("pattern", "^" + SHAPE + "$"))));
  }

  private static Optional<Duration> parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2) == null ? "s" : matcher.group(2);
    BigDecimal millis = new BigDecimal(matcher.group(1)).multiply(millisIn(unit));
    return Optional.of(millis)
        .filter(length -> length.compareTo(BigDecimal.ONE) >= 0)
        .filter(length -> length.compareTo(MAX_MILLIS) <= 0)
        .map(length -> Duration.ofMillis(length.longValue()));
  }

  private static BigDecimal millisIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1000;
        });
  }

  private static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
