package dev.infermux.mock.script;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values that words take. */
final class Values {

  static final String DURATION = "a duration such as 50ms, 2s, 1.5s, 1m or 1h";
  static final int MOST_TOKENS = 1_000_000;
  static final int MOST_TOOL_CALLS = 64;

  private static final Pattern TIME = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)");
  private static final Duration LONGEST = Duration.ofDays(366);

  private Values() {}

  static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      throw new MockSyntaxException(Quotes.quoted(text), DURATION);
    }
    double millis =
        Double.parseDouble(matcher.group(1))
            * switch (matcher.group(2)) {
              case "ms" -> 1;
              case "s" -> 1_000;
              case "m" -> 60_000;
              default -> 3_600_000;
            };
    Duration length = Duration.ofMillis(Math.round(millis));
    if (length.compareTo(LONGEST) > 0) {
      throw new MockSyntaxException(Quotes.quoted(text), "at most 366 days");
    }
    return length;
  }

  static boolean isDuration(String text) {
    return TIME.matcher(text).matches();
  }

  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  /** A whole number from {@code least} to {@code most}. */
  static int number(String text, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    if (!text.matches("\\d{1,9}")) {
      throw new MockSyntaxException(Quotes.quoted(text), expected);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new MockSyntaxException(Quotes.quoted(text), expected);
    }
    return number;
  }

  static int tokens(String text) {
    return number(text, 0, MOST_TOKENS);
  }

  static MockUsage usage(String text) {
    return switch (text) {
      case "exact" -> MockUsage.EXACT;
      case "none" -> MockUsage.NONE;
      case "wrong" -> MockUsage.WRONG;
      default -> counts(text);
    };
  }

  private static MockUsage counts(String text) {
    String[] counts = text.split("/", -1);
    if (counts.length != 2) {
      throw new MockSyntaxException(Quotes.quoted(text), "exact | none | wrong | IN/OUT");
    }
    return new MockUsage.Given(tokens(counts[0]), tokens(counts[1]));
  }

  static String text(MockUsage usage) {
    if (usage instanceof MockUsage.Given given) {
      return given.prompt() + "/" + given.completion();
    } else if (usage instanceof MockUsage.None) {
      return "none";
    }
    return usage instanceof MockUsage.Wrong ? "wrong" : "exact";
  }
}
