package dev.infermux.config.tree;

import java.util.regex.Pattern;

/** How messages show a value: on one line, not too long, without the password of a URL. */
final class Shown {
  private static final int MAX = 80;
  private static final Pattern BARE = Pattern.compile("[+-]?\\d+(\\.\\d+)?|true|false");
  private static final Pattern USER_INFO = Pattern.compile("//[^/?#]*@");

  private Shown() {}

  static String value(String source) {
    if (BARE.matcher(source).matches() && source.length() <= MAX) {
      return source;
    }
    String safe = USER_INFO.matcher(source).replaceAll("//***@");
    StringBuilder out = new StringBuilder("\"");
    safe.codePoints().limit(MAX).forEach(c -> out.append(escaped(c)));
    return out.append(safe.codePointCount(0, safe.length()) > MAX ? "…\"" : "\"").toString();
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      default ->
          Character.isISOControl(codePoint)
              ? String.format("\\u%04x", codePoint)
              : Character.toString(codePoint);
    };
  }
}
