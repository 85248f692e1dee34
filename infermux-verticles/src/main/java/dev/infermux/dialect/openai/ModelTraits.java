package dev.infermux.dialect.openai;

/**
 * What models of the dialect take, as far as their names tell, with or without a vendor before them
 * ({@code openai/o3}). Without regular expressions: every call asks.
 */
public final class ModelTraits {

  private ModelTraits() {}

  /** Models that refuse {@code max_tokens} and sampling; all others know them. */
  public static boolean reasons(String model) {
    for (int i = 0; i >= 0; i = next(model, i)) {
      if (reasons(model, i)) {
        return true;
      }
    }
    return false;
  }

  /** Models that take {@code reasoning_effort}; others refuse it, or their servers do. */
  static boolean takesEffort(String model) {
    for (int i = 0; i >= 0; i = next(model, i)) {
      if (reasons(model, i)
          || model.startsWith("gpt-oss", i)
          || model.startsWith("gemini-2.5", i)
          || (model.startsWith("gemini-", i) && digit(model, i + 7, '3', '9'))
          || (model.startsWith("grok-", i)
              && digit(model, i + 5, '0', '9')
              && model.indexOf("mini", i + 6) >= 0)) {
        return true;
      }
    }
    return false;
  }

  static boolean takesStop(String model) {
    for (int i = 0; i >= 0; i = next(model, i)) {
      if (model.startsWith("o", i) && digit(model, i + 1, '3', '4')) {
        return false;
      }
    }
    return true;
  }

  /** Where the next part of a name begins; -1 after the last one. */
  private static int next(String model, int from) {
    int slash = model.indexOf('/', from);
    return slash < 0 ? -1 : slash + 1;
  }

  private static boolean reasons(String model, int at) {
    return (model.startsWith("o", at) && digit(model, at + 1, '0', '9'))
        || (model.startsWith("gpt-", at) && digit(model, at + 4, '5', '9'));
  }

  private static boolean digit(String model, int at, char least, char most) {
    return at < model.length() && model.charAt(at) >= least && model.charAt(at) <= most;
  }
}
