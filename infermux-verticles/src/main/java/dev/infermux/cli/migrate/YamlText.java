package dev.infermux.cli.migrate;

import dev.infermux.json.JsonStrings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Writes YAML as people write it: blocks, and text in quotes only where it needs them. */
final class YamlText {

  /** What every reader of YAML takes for text. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

  /** What JSON has as it is and YAML does not. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

  private static final List<String> WORDS =
      List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  /** YAML's own bound is 1,024. */
  private static final int LONG = 1000;

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  static String of(Map<String, ?> map) {
    YamlText text = new YamlText();
    text.map(map, "");
    return text.out.toString();
  }

  private void map(Map<?, ?> map, String indent) {
    map.forEach((key, value) -> entry(indent + head(key, indent), value, indent));
  }

  private void entry(String head, Object value, String indent) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append(head).append('\n');
      map(map, indent + "  ");
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      out.append(head).append('\n');
      list.forEach(item -> item((Map<?, ?>) item, indent + "  "));
    } else {
      out.append(head).append(' ').append(inline(value)).append('\n');
    }
  }

  private void item(Map<?, ?> map, String indent) {
    String lead = indent + "- ";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entry(lead + head(entry.getKey(), indent + "  "), entry.getValue(), indent + "  ");
      lead = indent + "  ";
    }
  }

  /** A key that is long for one of a single line says what it is. */
  private static String head(Object key, String indent) {
    String text = scalar(key);
    return text.length() < LONG ? text + ":" : "? " + text + "\n" + indent + ":";
  }

  private static String inline(Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(YamlText::scalar).toList()) + "]";
    }
    return value instanceof Map<?, ?> ? "{}" : scalar(value);
  }

  private static String scalar(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (!(value instanceof String text)) {
      return String.valueOf(value);
    }
    return PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? text
        : UNPRINTABLE.matcher(JsonStrings.quoted(text)).replaceAll(YamlText::escaped);
  }

  private static String escaped(MatchResult found) {
    return String.format("\\\\u%04x", (int) found.group().charAt(0));
  }
}
