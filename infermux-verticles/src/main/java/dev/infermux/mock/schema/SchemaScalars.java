package dev.infermux.mock.schema;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Numbers and strings within a schema's limits. */
final class SchemaScalars {

  private static final String USUAL = "mock";
  private static final int LONGEST = 10_000;

  private static final Map<String, String> FORMATS =
      Map.of(
          "date-time", "2026-01-01T00:00:00Z",
          "date", "2026-01-01",
          "time", "00:00:00Z",
          "duration", "PT1S",
          "email", "mock@example.com",
          "hostname", "example.com",
          "uri", "https://example.com/",
          "uuid", "00000000-0000-4000-8000-000000000000",
          "ipv4", "127.0.0.1",
          "ipv6", "::1");

  /** One of them matches the patterns that are seen most; short, so that none takes long. */
  private static final List<String> GUESSES =
      List.of(
          USUAL,
          "Mock",
          "MOCK",
          "m",
          "M",
          "1",
          "12",
          "123",
          "1234",
          "12345",
          "1.0",
          "1.0.0",
          "#000000",
          "2026-01-01",
          "00:00",
          "mock@example.com",
          "https://example.com/",
          "+15550100000",
          "@mock",
          "MM",
          "MMM",
          "M1",
          "mock-1",
          "mock_1",
          "");

  private SchemaScalars() {}

  static String string(JsonObject schema) {
    String format = FORMATS.get(String.valueOf(schema.getValue("format")));
    if (format != null) {
      return format;
    }
    String text = schema.getValue("pattern") instanceof String pattern ? guess(pattern) : USUAL;
    int least = Math.min(LONGEST, count(schema, "minLength", 0));
    if (text.length() < least) {
      text = (text.isEmpty() ? USUAL : text).repeat(least / Math.max(1, text.length()) + 1);
      text = text.substring(0, least);
    }
    int most = count(schema, "maxLength", LONGEST);
    return text.length() > most ? text.substring(0, most) : text;
  }

  private static String guess(String pattern) {
    Pattern wanted;
    try {
      wanted = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return USUAL;
    }
    return GUESSES.stream().filter(text -> wanted.matcher(text).find()).findFirst().orElse(USUAL);
  }

  /** One where the limits allow it, else what is next to a limit. */
  static Number number(JsonObject schema, boolean whole) {
    BigDecimal value = BigDecimal.ONE;
    BigDecimal least = decimal(schema, "minimum");
    BigDecimal above = decimal(schema, "exclusiveMinimum");
    BigDecimal most = decimal(schema, "maximum");
    BigDecimal below = decimal(schema, "exclusiveMaximum");
    if (most != null) {
      value = value.min(most);
    }
    if (below != null && value.compareTo(below) >= 0) {
      value = below.subtract(BigDecimal.ONE);
    }
    if (least != null) {
      value = value.max(least);
    }
    if (above != null && value.compareTo(above) <= 0) {
      value =
          below == null || whole
              ? above.add(BigDecimal.ONE)
              : above.add(below).divide(BigDecimal.valueOf(2));
    }
    BigDecimal step = decimal(schema, "multipleOf");
    if (step != null && step.signum() > 0) {
      value = value.divide(step, 0, RoundingMode.CEILING).multiply(step);
    }
    return whole ? (Number) value.setScale(0, RoundingMode.CEILING).longValue() : simple(value);
  }

  private static Number simple(BigDecimal value) {
    boolean whole = value.stripTrailingZeros().scale() <= 0 && value.abs().longValue() < 1L << 53;
    return whole ? (Number) value.longValue() : (Number) value.doubleValue();
  }

  /** A count that a schema gives, or {@code otherwise}. */
  static int count(JsonObject schema, String name, int otherwise) {
    return schema.getValue(name) instanceof Number number
        ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, number.longValue()))
        : otherwise;
  }

  private static @Nullable BigDecimal decimal(JsonObject schema, String name) {
    return schema.getValue(name) instanceof Number number && Double.isFinite(number.doubleValue())
        ? new BigDecimal(number.toString())
        : null;
  }
}
