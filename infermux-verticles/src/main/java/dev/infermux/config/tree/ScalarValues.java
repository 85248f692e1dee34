package dev.infermux.config.tree;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The text of a single value as JSON would have it: a number or a boolean where it reads as one.
 */
final class ScalarValues {

  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9]\\d*)\\.\\d+");

  private ScalarValues() {}

  static Object of(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text).doubleValue() : text;
  }
}
