package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.FinishReason;

/** The dialect's names of the reasons why an answer ends. */
final class FinishReasons {

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
    return switch (name) {
      case "length" -> FinishReason.LENGTH;
      case "tool_calls", "function_call" -> FinishReason.TOOL_CALLS;
      case "content_filter" -> FinishReason.REFUSED;
      default -> FinishReason.STOP;
    };
  }
}
