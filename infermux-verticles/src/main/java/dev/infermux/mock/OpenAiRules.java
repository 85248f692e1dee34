package dev.infermux.mock;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonSlice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What OpenAI's API refuses with a 400, beyond what a scan does. */
final class OpenAiRules {

  private static final Set<String> CHAT =
      Set.of(
          "audio",
          "frequency_penalty",
          "function_call",
          "functions",
          "logit_bias",
          "logprobs",
          "max_completion_tokens",
          "max_tokens",
          "messages",
          "metadata",
          "modalities",
          "model",
          "moderation",
          "n",
          "parallel_tool_calls",
          "prediction",
          "presence_penalty",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "reasoning_effort",
          "response_format",
          "safety_identifier",
          "seed",
          "service_tier",
          "stop",
          "store",
          "stream",
          StreamText.OPTIONS,
          "temperature",
          "tool_choice",
          "tools",
          "top_logprobs",
          "top_p",
          "user",
          "verbosity",
          "web_search_options");

  private static final Set<String> COMPLETION =
      Set.of(
          "best_of",
          "echo",
          "frequency_penalty",
          "logit_bias",
          "logprobs",
          "max_tokens",
          "model",
          "n",
          "presence_penalty",
          "prompt",
          "seed",
          "stop",
          "stream",
          StreamText.OPTIONS,
          "suffix",
          "temperature",
          "top_p",
          "user");

  private static final Set<String> EMBEDDINGS =
      Set.of("dimensions", "encoding_format", "input", "model", "user");

  private static final Pattern REASONING = Pattern.compile("(?:o\\d|gpt-[5-9]).*");

  private OpenAiRules() {}

  /**
   * Checks a body that a scan has found to be sound.
   *
   * @param strict whether fields that the API does not know are refused
   * @throws InferenceException with an {@code InvalidRequest}
   */
  static void check(Operation operation, byte[] bytes, boolean strict) {
    JsonSlice body = new JsonSlice(bytes, 0, bytes.length);
    if (strict) {
      known(body, known(operation));
    }
    options(body);
    if (operation == Operation.CHAT) {
      reasoning(body);
      tools(body);
      format(body);
      results(FieldLookup.elements(FieldLookup.field(body, "messages")));
    }
  }

  /** Options of streams are for streams. */
  static void options(JsonSlice body) {
    String options = StreamText.OPTIONS;
    if (FieldLookup.has(body, options) && !FieldLookup.isTrue(FieldLookup.field(body, "stream"))) {
      throw FieldReader.invalid(
          "The '" + options + "' parameter is only allowed when 'stream' is enabled.", options);
    }
  }

  private static Set<String> known(Operation operation) {
    return switch (operation) {
      case COMPLETION -> COMPLETION;
      case EMBEDDINGS -> EMBEDDINGS;
      default -> CHAT;
    };
  }

  static void known(JsonSlice body, Set<String> known) {
    for (String name : FieldLookup.names(body)) {
      if (!known.contains(name)) {
        throw FieldReader.invalid("Unknown parameter: '" + name + "'.", name);
      }
    }
  }

  /** Models that reason take another maximum and no sampling. */
  private static void reasoning(JsonSlice body) {
    if (!REASONING.matcher(FieldLookup.text(body, "model")).matches()) {
      return;
    }
    if (FieldLookup.has(body, "max_tokens")) {
      throw FieldReader.invalid(
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
              + " 'max_completion_tokens' instead.",
          "max_tokens");
    }
    for (String field : List.of("temperature", "top_p")) {
      JsonSlice value = FieldLookup.field(body, field);
      if (value != null && FieldLookup.has(body, field) && !value.toString().matches("1(\\.0*)?")) {
        throw FieldReader.invalid(
            "Unsupported value: '"
                + field
                + "' does not support "
                + value
                + " with this model."
                + " Only the default (1) value is supported.",
            field);
      }
    }
  }

  private static void tools(JsonSlice body) {
    boolean given = FieldLookup.has(body, "tools");
    List<JsonSlice> tools = FieldLookup.elements(FieldLookup.field(body, "tools"));
    if (given && tools.isEmpty()) {
      throw FieldReader.invalid(
          "Invalid 'tools': empty array. Expected an array with minimum length 1.", "tools");
    }
    for (String field : List.of("tool_choice", "parallel_tool_calls")) {
      if (!given && FieldLookup.has(body, field)) {
        throw FieldReader.invalid(
            "Invalid value for '"
                + field
                + "': '"
                + field
                + "' is only allowed when 'tools' are"
                + " specified.",
            field);
      }
    }
    for (int i = 0; i < tools.size(); i++) {
      JsonSlice function = FieldLookup.field(tools.get(i), "function");
      if (function != null && !FieldLookup.text(function, "name").matches("[A-Za-z0-9_-]{1,64}")) {
        String where = "tools[" + i + "].function.name";
        throw FieldReader.invalid(
            "Invalid '" + where + "': string does not match pattern '^[a-zA-Z0-9_-]+$'.", where);
      }
    }
  }

  private static void format(JsonSlice body) {
    JsonSlice format = FieldLookup.field(body, "response_format");
    if (FieldLookup.text(format, "type").equals("json_schema")
        && FieldLookup.text(FieldLookup.field(format, "json_schema"), "name").isEmpty()) {
      String where = "response_format.json_schema.name";
      throw FieldReader.invalid("Missing required parameter: '" + where + "'.", where);
    }
  }

  /** Each call is answered before anything else is said, and nothing else is answered. */
  private static void results(List<JsonSlice> messages) {
    Set<String> open = new LinkedHashSet<>();
    boolean calls = false;
    for (int i = 0; i < messages.size(); i++) {
      JsonSlice message = messages.get(i);
      if (FieldLookup.text(message, "role").equals("tool")) {
        if (!calls) {
          throw FieldReader.invalid(
              "Invalid parameter: messages with role 'tool' must be a response to a preceeding"
                  + " message with 'tool_calls'.",
              "messages.[" + i + "].role");
        }
        open.remove(FieldLookup.text(message, "tool_call_id"));
        continue;
      }
      answered(open);
      List<JsonSlice> made = FieldLookup.elements(FieldLookup.field(message, "tool_calls"));
      calls = !made.isEmpty();
      made.forEach(call -> open.add(FieldLookup.text(call, "id")));
    }
    answered(open);
  }

  private static void answered(Set<String> open) {
    if (!open.isEmpty()) {
      throw FieldReader.invalid(
          "An assistant message with 'tool_calls' must be followed by tool messages responding to"
              + " each 'tool_call_id'. The following tool_call_ids did not have response messages: "
              + String.join(", ", open),
          "messages");
    }
  }
}
