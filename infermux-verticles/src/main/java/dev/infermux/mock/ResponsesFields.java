package dev.infermux.mock;

import dev.infermux.dialect.openai.StreamText;
import dev.infermux.dialect.responses.ResponsesEndpoint;
import java.util.Set;

/** The fields of requests that the Responses API knows. */
final class ResponsesFields {

  private static final Set<String> CREATED =
      Set.of(
          "background",
          "client_metadata",
          "context_management",
          "conversation",
          "include",
          "input",
          "instructions",
          "max_output_tokens",
          "max_tool_calls",
          "metadata",
          "model",
          "moderation",
          "parallel_tool_calls",
          "previous_response_id",
          "prompt",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "reasoning",
          "safety_identifier",
          "service_tier",
          "store",
          "stream",
          StreamText.OPTIONS,
          "temperature",
          "text",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "truncation",
          "user");

  private static final Set<String> COUNTED =
      Set.of(
          "conversation",
          "input",
          "instructions",
          "model",
          "parallel_tool_calls",
          "previous_response_id",
          "reasoning",
          "text",
          "tool_choice",
          "tools",
          "truncation");

  private static final Set<String> COMPACTED =
      Set.of(
          "input",
          "instructions",
          "model",
          "parallel_tool_calls",
          "previous_response_id",
          "prompt_cache_key",
          "prompt_cache_retention",
          "reasoning",
          "service_tier",
          "text",
          "tools");

  private ResponsesFields() {}

  static Set<String> of(ResponsesEndpoint endpoint) {
    return switch (endpoint) {
      case CREATE -> CREATED;
      case COUNT -> COUNTED;
      case COMPACT -> COMPACTED;
    };
  }
}
