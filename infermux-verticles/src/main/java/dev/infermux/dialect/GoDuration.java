package dev.infermux.dialect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as Go writes it, such as {@code 6m0s}, {@code 120ms} or {@code 7.66s}. */
final class GoDuration {

  private static final Pattern PARTS =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,12})?)(ms|us|µs|μs|ns|d|h|m|s)");

  private GoDuration() {}

  /** In milliseconds; not a number where the text is none. */
  static double millis(String text) {
    Matcher part = PARTS.matcher(text);
    double millis = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    return end == text.length() ? millis : Double.NaN;
  }

  private static double unit(String name) {
    return switch (name) {
      case "d" -> 86_400_000;
      case "h" -> 3_600_000;
      case "m" -> 60_000;
      case "s" -> 1_000;
      case "ms" -> 1;
      case "ns" -> 1e-6;
      default -> 1e-3;
    };
  }
}
