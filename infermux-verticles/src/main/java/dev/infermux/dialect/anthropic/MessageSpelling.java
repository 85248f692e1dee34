package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** The pieces of an answer that are spelt alike in whole messages and in streams. */
final class MessageSpelling {

  /** Stands where clients want a signature and nobody signed. */
  static final JsonText UNSIGNED = Seals.mark("none", JsonText.EMPTY);

  private static final String PREFIX = "msg_";

  private MessageSpelling() {}

  /** An id as clients of the dialect know them. */
  static String id(String given, Attempt attempt) {
    String known = given.isEmpty() ? attempt.call().requestId() : given;
    return known.startsWith(PREFIX) ? known : PREFIX + known;
  }

  static String stopReason(FinishReason reason, boolean calls) {
    return switch (reason) {
      case STOP -> calls ? "tool_use" : "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case REFUSED -> "refusal";
      case PAUSED -> "pause_turn";
    };
  }

  /** Writes the field that counts the tokens. */
  static void usage(JsonOutput json, Usage usage) {
    json.name("usage").object();
    json.field("input_tokens", usage.input());
    json.field("cache_creation_input_tokens", usage.cacheWrite5m() + usage.cacheWrite1h());
    json.field("cache_read_input_tokens", usage.cacheRead());
    json.field("output_tokens", usage.output());
    if (usage.reasoning() > 0) {
      json.name("output_tokens_details").object();
      json.field("thinking_tokens", usage.reasoning()).endObject();
    }
    json.endObject();
  }

  /** What was reported, with what was not as it is estimated. */
  static Usage orEstimated(@Nullable Usage usage, Attempt attempt, long characters) {
    Usage guess =
        new Usage(
            attempt.call().body().facts().promptTokens(),
            0,
            0,
            0,
            (characters + 3) / 4,
            0,
            true,
            Usage.Terms.STANDARD);
    return usage == null ? guess : usage.or(guess);
  }

  /** What is encrypted wholly by Anthropic, without the mark; else null. */
  static @Nullable JsonText redacted(JsonText seal) {
    return Seals.of(MessageBlockReader.REDACTED, seal);
  }

  /** A signature as clients send it back: Anthropic's own, or under the mark of another API. */
  static JsonText signature(JsonText seal) {
    JsonText own = Seals.of(MessageBlockReader.SIGNED, seal);
    return own == null ? seal : own;
  }
}
