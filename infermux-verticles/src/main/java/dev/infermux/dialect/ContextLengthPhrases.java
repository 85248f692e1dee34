package dev.infermux.dialect;

import java.util.List;

/** How providers say in words alone that a prompt is too long for a model. */
final class ContextLengthPhrases {

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

  private ContextLengthPhrases() {}

  /** A maximum of the answer is not meant, nor one of a minute. */
  static boolean in(String words) {
    String said = ErrorPhrases.lower(words);
    return !ErrorPhrases.has(said, RATES)
        && (ErrorPhrases.has(said, TOO_LONG)
            || (ErrorPhrases.has(said, CONTEXTS) && ErrorPhrases.has(said, EXCEEDED)));
  }
}
