package dev.infermux.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes an error out of the framing of a stream. */
final class ErrorFraming {

  /** Fields of an event stream that carry no words. */
  private static final Pattern OTHERS = Pattern.compile("(?:event|id|retry):.*|:.*");

  private static final Pattern DATA = Pattern.compile("(?:data|error):\\s?(.*)");

  private ErrorFraming() {}

  /** What the first event of a stream carries that has anything; other texts as they are. */
  static String unframed(String text) {
    String[] lines = text.split("\\R", 64);
    if (!DATA.matcher(lines[0]).matches() && !OTHERS.matcher(lines[0]).matches()) {
      return text;
    }
    StringBuilder data = new StringBuilder();
    for (String line : lines) {
      Matcher field = DATA.matcher(line);
      if (field.matches()) {
        data.append(field.group(1)).append('\n');
      } else if (!OTHERS.matcher(line).matches() && !data.isEmpty()) {
        if (line.isBlank()) {
          break;
        }
        // JSON over several lines of which only the first was framed.
        data.append(line).append('\n');
      }
    }
    return data.isEmpty() ? text : data.toString().strip();
  }
}
