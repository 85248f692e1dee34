package dev.infermux.mock;

import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonSlice;
import java.util.List;
import java.util.Set;

/** What Anthropic's API refuses with a 400, beyond what a scan does. */
final class AnthropicRules {

  /** The first version without sampling. */
  private static final String STRICTER = "2026-10-21";

  private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");

  private static final Set<String> KNOWN =
      Set.of(
          "betas",
          "cache_control",
          "container",
          "context_management",
          "diagnostics",
          "inference_geo",
          "max_tokens",
          "mcp_servers",
          "messages",
          "metadata",
          "model",
          "output_config",
          "output_format",
          "service_tier",
          "speed",
          "stop_sequences",
          "stream",
          "system",
          "temperature",
          "thinking",
          "tool_choice",
          "tools",
          "top_k",
          "top_p");

  private AnthropicRules() {}

  static void version(String version) {
    if (version.isEmpty()) {
      throw FieldReader.invalid("anthropic-version: header is required", null);
    }
  }

  /**
   * Checks a body that a scan has found to be sound.
   *
   * @param strict whether fields that the API does not know are refused
   * @throws InferenceException with an {@code InvalidRequest}
   */
  static void check(JsonSlice body, String version, boolean strict) {
    if (strict) {
      for (String name : FieldLookup.names(body)) {
        if (!KNOWN.contains(name)) {
          throw extra(name);
        }
      }
    }
    for (String name : SAMPLING) {
      if (version.compareTo(STRICTER) >= 0 && FieldLookup.field(body, name) != null) {
        throw extra(name);
      }
    }
    for (JsonSlice stop : FieldLookup.elements(FieldLookup.field(body, "stop_sequences"))) {
      if (FieldLookup.text(stop).isBlank()) {
        throw wrong("stop_sequences: each stop sequence must contain non-whitespace");
      }
    }
    thinking(body);
    tools(body);
    new AnthropicMessageRules(version.compareTo(STRICTER) >= 0).check(body);
  }

  private static void thinking(JsonSlice body) {
    JsonSlice thinking = FieldLookup.field(body, "thinking");
    if (FieldLookup.text(thinking, "type").equals("enabled")) {
      long budget = FieldLookup.number(thinking, "budget_tokens");
      if (budget < 1024) {
        throw wrong(
            "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
      } else if (budget >= FieldLookup.number(body, "max_tokens")
          && FieldLookup.has(body, "max_tokens")) {
        throw wrong("`max_tokens` must be greater than `thinking.budget_tokens`.");
      }
    }
  }

  private static void tools(JsonSlice body) {
    List<JsonSlice> tools = FieldLookup.elements(FieldLookup.field(body, "tools"));
    if (tools.isEmpty() && FieldLookup.has(body, "tool_choice")) {
      throw wrong("tool_choice: `tool_choice` may only be specified while providing `tools`.");
    }
    for (int i = 0; i < tools.size(); i++) {
      String type = FieldLookup.text(tools.get(i), "type");
      if (!type.isEmpty() && !type.equals("custom")) {
        continue;
      }
      String where = "tools." + i + ".custom.";
      if (!FieldLookup.text(tools.get(i), "name").matches("[A-Za-z0-9_-]{1,128}")) {
        throw wrong(where + "name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'");
      }
      JsonSlice schema = FieldLookup.field(tools.get(i), "input_schema");
      if (!FieldLookup.text(schema, "type").equals("object")) {
        throw wrong(where + "input_schema.type: Input should be 'object'");
      }
    }
  }

  private static InferenceException extra(String name) {
    return wrong(name + ": Extra inputs are not permitted");
  }

  static InferenceException wrong(String message) {
    return FieldReader.invalid(message, null);
  }
}
