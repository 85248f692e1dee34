package dev.infermux.dialect.openai;

import java.util.regex.Pattern;

/** What models of the dialect take, as far as their names tell. */
final class ModelTraits {

  /** Models that refuse {@code max_tokens} and sampling; all others know them. */
  private static final Pattern REASONING = Pattern.compile("(?:.*/)?(?:o\\d|gpt-[5-9]).*");

  /** Models that take {@code reasoning_effort}; others refuse it, or their servers do. */
  private static final Pattern EFFORT =
      Pattern.compile("(?:.*/)?(?:o\\d|gpt-[5-9]|gpt-oss|gemini-(?:2\\.5|[3-9])|grok-\\d.*mini).*");

  private static final Pattern NO_STOP = Pattern.compile("(?:.*/)?o[34].*");

  private ModelTraits() {}

  static boolean reasons(String model) {
    return REASONING.matcher(model).matches();
  }

  static boolean takesEffort(String model) {
    return EFFORT.matcher(model).matches();
  }

  static boolean takesStop(String model) {
    return !NO_STOP.matcher(model).matches();
  }
}
