package dev.infermux.config.schema;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of numbers; all are plain decimals, without exponent, so that money stays exact. */
public final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");

  /** The most that nano-dollars in a long can hold, rounded down. */
  private static final BigDecimal MAX_USD = BigDecimal.valueOf(9_000_000_000L);

  private static final int NANO = 9;

  private Numbers() {}

  public static Kind<Integer> whole(int min) {
    return Kind.of(
        "integer",
        "a whole number >= " + min,
        text -> parse(text, min, Integer.MAX_VALUE).map(Long::intValue),
        number -> number,
        new JsonObject().put("type", "integer").put("minimum", min));
  }

  public static Kind<Long> wholeLong(long min) {
    return Kind.of(
        "integer",
        "a whole number >= " + min,
        text -> parse(text, min, Long.MAX_VALUE),
        number -> number,
        new JsonObject().put("type", "integer").put("minimum", min));
  }

  public static Kind<Double> between(double min, double max) {
    return Kind.of(
        "number",
        "a number from " + trim(min) + " to " + trim(max),
        text -> decimal(text).map(BigDecimal::doubleValue).filter(n -> n >= min && n <= max),
        number -> number,
        new JsonObject().put("type", "number").put("minimum", min).put("maximum", max));
  }

  /** Above zero, so that something is weighed at all. */
  public static Kind<Double> share() {
    return Kind.of(
        "number",
        "a number above 0, at most 1",
        text -> decimal(text).map(BigDecimal::doubleValue).filter(n -> n > 0 && n <= 1),
        number -> number,
        new JsonObject().put("type", "number").put("exclusiveMinimum", 0).put("maximum", 1));
  }

  /** US dollars, exact to the nano-dollar. */
  public static Kind<BigDecimal> usd() {
    return Kind.of(
        "USD",
        "US dollars from 0 to " + MAX_USD + " with at most " + NANO + " decimals",
        text -> decimal(text).filter(Numbers::isMoney),
        number -> number,
        new JsonObject().put("type", "number").put("minimum", 0).put("maximum", MAX_USD));
  }

  private static boolean isMoney(BigDecimal amount) {
    return amount.signum() >= 0
        && amount.compareTo(MAX_USD) <= 0
        && amount.stripTrailingZeros().scale() <= NANO;
  }

  private static Optional<Long> parse(String text, long min, long max) {
    return Optional.of(text)
        .filter(digits -> WHOLE.matcher(digits).matches())
        .map(Long::parseLong)
        .filter(number -> number >= min && number <= max);
  }

  private static Optional<BigDecimal> decimal(String text) {
    return Optional.of(text)
        .filter(digits -> DECIMAL.matcher(digits).matches())
        .map(BigDecimal::new);
  }

  private static String trim(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
