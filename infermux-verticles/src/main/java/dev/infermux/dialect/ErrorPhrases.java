package dev.infermux.dialect;

import java.util.List;
import java.util.Locale;

/**
 * Searches what providers say for a few fixed phrases. The resource {@code errors/bodies.jsonl} of
 * the tests has the words of each provider, with their sources.
 */
final class ErrorPhrases {

  private ErrorPhrases() {}

  /** The status that words stand for which came with none; 0 = they do not say. */
  static int status(String words) {
    String said = lower(words);
    if (said.contains("too many requests")
        || said.contains("rate limit")
        || said.contains("rate-limited")) {
      return 429;
    } else if (said.contains("overloaded") || said.contains("service unavailable")) {
      return 503;
    } else if (said.contains("invalid api key") || said.contains("incorrect api key")) {
      return 401;
    }
    boolean model = said.contains("model");
    return model && (said.contains("not found") || said.contains("does not exist")) ? 404 : 0;
  }

  static String lower(String words) {
    return words.toLowerCase(Locale.ROOT);
  }

  static boolean has(String said, List<String> phrases) {
    return phrases.stream().anyMatch(said::contains);
  }
}
