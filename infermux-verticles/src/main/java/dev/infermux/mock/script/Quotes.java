package dev.infermux.mock.script;

import java.util.ArrayList;
import java.util.List;

/** Cuts text at separators that do not stand in double quotes. */
final class Quotes {

  private static final char QUOTE = '"';

  private Quotes() {}

  /** The pieces between separators, blanks around them removed. */
  static List<String> split(String text, char separator) {
    List<String> pieces = new ArrayList<>();
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == QUOTE) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        pieces.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    if (quoted) {
      throw new MockSyntaxException("\"" + text + "\"", "a second \" for each \"");
    }
    pieces.add(text.substring(from).strip());
    return pieces;
  }

  /** The text inside quotes; text without them as it is. */
  static String unquoted(String text) {
    if (text.length() < 2 || text.charAt(0) != QUOTE || !text.endsWith("\"")) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 1; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      plain.append(c == '\\' && i + 1 < text.length() - 1 ? text.charAt(++i) : c);
    }
    return plain.toString();
  }

  static String quoted(String text) {
    return QUOTE + text.replace("\\", "\\\\").replace("\"", "\\\"") + QUOTE;
  }
}
