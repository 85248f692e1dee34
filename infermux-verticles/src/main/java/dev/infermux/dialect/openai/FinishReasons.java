package dev.infermux.dialect.openai;

import dev.infermux.dialect.Completeness;
import dev.infermux.dialect.chat.FinishReason;
import java.util.Locale;

/**
 * The dialect's names of the reasons why an answer ends, and what other words that servers send
 * there stand for. docs/resilience.md has the table.
 */
final class FinishReasons {

  /** Stands for all words that say that the answer failed. */
  static final String ERROR = "error";

  private FinishReasons() {}

  static String name(FinishReason reason) {
    return switch (reason) {
      case STOP, STOP_SEQUENCE, PAUSED -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case REFUSED -> "content_filter";
    };
  }

  /** An unknown reason is the end of the answer. */
  static FinishReason of(String name) {
    return switch (known(name)) {
      case "length" -> FinishReason.LENGTH;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.REFUSED;
      default -> FinishReason.STOP;
    };
  }

  /**
   * The reason that clients know for a server's word: empty where that says that the answer goes
   * on, {@link #ERROR} where it says that it failed.
   */
  static String known(String word) {
    return switch (word) {
      case "stop", "length", "tool_calls", "content_filter", "function_call", "" -> word;
      default -> Completeness.isError(word) ? ERROR : foreign(word.toLowerCase(Locale.ROOT));
    };
  }

  private static String foreign(String word) {
    return switch (word) {
      case "null", "none", "finish_reason_unspecified" -> "";
      case "length",
          "length_limit",
          "max_length",
          "model_length",
          "max_tokens",
          "max_output_tokens",
          "max_new_tokens",
          "max_completion_tokens",
          "token_limit",
          "error_limit",
          "model_context_window_exceeded" ->
          "length";
      case "tool_calls", "tool_call", "tool_use" -> "tool_calls";
      case "function_call" -> "function_call";
      case "content_filter",
          "content_filtered",
          "guardrail_intervened",
          "refusal",
          "safety",
          "image_safety",
          "sensitive",
          "recitation",
          "language",
          "blocklist",
          "prohibited_content",
          "spii",
          "error_toxic" ->
          "content_filter";
      default -> "stop";
    };
  }
}
