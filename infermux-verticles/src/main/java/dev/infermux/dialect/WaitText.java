package dev.infermux.dialect;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as Go writes it, such as {@code 6m0s}, {@code 120ms} or {@code 7.66s}, or in
 * words: {@code 30 seconds}, {@code 1 minute and 5 seconds}.
 */
final class WaitText {

  private static final Pattern PARTS =
      Pattern.compile(
          "(\\d{1,12}(?:\\.\\d{1,12})?)\\s*"
              + "(milliseconds?|ms|us|µs|μs|ns|days?|d|hours?|hrs?|h|minutes?|mins?|m"
              + "|seconds?|secs?|s)(?:,?\\s+(?:and\\s+)?|(?=\\d)|$)");

  private WaitText() {}

  /** In milliseconds; not a number where the text is none. */
  static double millis(String text) {
    Matcher part = PARTS.matcher(text.toLowerCase(Locale.ROOT));
    double millis = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      millis += Double.parseDouble(part.group(1)) * unit(part.group(2));
      end = part.end();
    }
    return end == text.length() && end > 0 ? millis : Double.NaN;
  }

  private static double unit(String name) {
    return switch (name) {
      case "ms", "millisecond", "milliseconds" -> 1;
      case "ns" -> 1e-6;
      case "us", "µs", "μs" -> 1e-3;
      default ->
          switch (name.charAt(0)) {
            case 'd' -> 86_400_000;
            case 'h' -> 3_600_000;
            case 'm' -> 60_000;
            default -> 1_000;
          };
    };
  }
}
