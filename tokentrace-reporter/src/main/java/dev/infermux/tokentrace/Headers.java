package dev.infermux.tokentrace;

import java.util.regex.Pattern;

/**
 * The rules for headers sent with exports. Checked early: refused by a client in the midst of an
 * export, a header would cost every span, and its value would be quoted in the log.
 */
final class Headers {
  private static final String KEY = "telemetry.otlp.headers";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\x7e]*");

  private Headers() {}

  static boolean isName(String name) {
    return TOKEN.matcher(name).matches();
  }

  static void check(String name, String value) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s: \"%s\" (expected: a header's name)".formatted(KEY, name));
    }
    if (!TEXT.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s.%s: a value not shown (expected: visible ASCII)".formatted(KEY, name));
    }
  }
}
