package dev.infermux.dialect;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider wants to be left alone that says so in its message alone, as OpenAI ("Please
 * try again in 2.5s") and Azure ("Please retry after 26 seconds") do.
 */
final class RetryPhrases {

  /** Possessive: what repeats else takes stack for each time, and a long message all of it. */
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:try again|retry|wait)(?:ing)? (?:after|in|for) "
              + "((?:\\d{1,6}(?:\\.\\d{1,6})? ?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?"
              + "|minutes?|h|hours?)\\b ?|\\d{1,6}[hm](?=\\d))++)",
          Pattern.CASE_INSENSITIVE);

  private RetryPhrases() {}

  /** The wait; null where the message names none. */
  static @Nullable Duration in(String message) {
    Matcher wait = WAIT.matcher(message);
    return wait.find() ? new RetryTime(RetryTime.SECONDS, Instant.EPOCH).read(wait.group(1)) : null;
  }
}
