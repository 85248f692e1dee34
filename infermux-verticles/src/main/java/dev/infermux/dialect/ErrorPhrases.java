package dev.infermux.dialect;

import java.util.List;
import java.util.Locale;

/**
 * What providers say in words alone. Each text is searched for a few fixed phrases; the resource
 * {@code errors/bodies.jsonl} of the tests has the words of each provider, with their sources.
 */
final class ErrorPhrases {

  /** Words about how much may be sent in a while, never about one prompt. */
  private static final List<String> RATES =
      List.of(
          "per minute",
          "per min",
          "per second",
          "per hour",
          "per day",
          "rate limit",
          "ratelimit",
          "please wait before",
          "too many requests",
          "throttl");

  private static final List<String> TOO_LONG =
      List.of(
          "maximum context length",
          "max context length",
          "maximum context limit",
          "maximum prompt length",
          "prompt is too long",
          "prompt too long",
          "input is too long",
          "input too long",
          "input length too long",
          "context overflow",
          "context the overflows",
          "too large for model with",
          "exceeded model token limit",
          "input is too large to process",
          "too many tokens:",
          "too many input tokens",
          "range of input length should be",
          "prompt exceeds max length",
          "tokens to keep from the initial prompt",
          "`inputs` tokens + `max_new_tokens` must be",
          "`inputs` must have less than",
          "exceeds the maximum number of tokens allowed",
          "reduce the length of the messages",
          "reduce the length of the prompt",
          "reduce the length of the input",
          "reduce your prompt",
          "a string with maximum length 1048576");

  /** What is full. */
  private static final List<String> CONTEXTS =
      List.of(
          "context length",
          "context window",
          "context size",
          "context limit",
          "context_length",
          "model length",
          "sequence length",
          "input token",
          "prompt token",
          "tokens in the prompt",
          "input length",
          "prompt length");

  /** That it is. */
  private static final List<String> EXCEEDED =
      List.of(
          "exceed",
          "too long",
          "too large",
          "longer than",
          "larger than",
          "greater than",
          "overflow",
          "not enough",
          "not fit",
          "more than",
          "beyond",
          "only supports up to",
          "surpass");

  private static final List<String> SPENT =
      List.of(
          "exceeded your current quota",
          "insufficient quota",
          "insufficient balance",
          "insufficient credit",
          "insufficient fund",
          "credit balance is too low",
          "credit balance too low",
          "credits are depleted",
          "credits have been exhausted",
          "exceeded your monthly",
          "monthly spending",
          "billing hard limit",
          "check your billing",
          "spend limit",
          "spending limit",
          "spending cap",
          "usage limits",
          "out of credits",
          "not enough credits",
          "requires more credits",
          "quota exhausted",
          "payment required",
          "余额不足");

  private static final List<String> FILTERED =
      List.of(
          "content management policy",
          "content filter",
          "content policy",
          "content exists risk",
          "input was flagged",
          "prompt was flagged",
          "content was flagged",
          "flagged as potentially violating",
          "inappropriate content",
          "safety system");

  private ErrorPhrases() {}

  /** Whether a prompt was too long for its model; a maximum of the answer is not meant. */
  static boolean contextLength(String words) {
    String said = words.toLowerCase(Locale.ROOT);
    return !has(said, RATES)
        && (has(said, TOO_LONG) || (has(said, CONTEXTS) && has(said, EXCEEDED)));
  }

  /** Whether money or an allowance is used up; a rate that is too high is not meant. */
  static boolean quota(String words) {
    return has(words.toLowerCase(Locale.ROOT), SPENT);
  }

  static boolean contentFilter(String words) {
    return has(words.toLowerCase(Locale.ROOT), FILTERED);
  }

  /** Whether the words are about a day or a month, and not about a minute. */
  static boolean lasting(String words) {
    String said = words.toLowerCase(Locale.ROOT);
    return said.contains("per day")
        || said.contains("perday")
        || said.contains("daily")
        || said.contains("credits")
        || said.contains("spending");
  }

  /** The status that words stand for which came with none; 0 = they do not say. */
  static int status(String words) {
    String said = words.toLowerCase(Locale.ROOT);
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

  private static boolean has(String said, List<String> phrases) {
    return phrases.stream().anyMatch(said::contains);
  }
}
