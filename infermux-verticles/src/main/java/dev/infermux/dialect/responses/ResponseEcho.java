package dev.infermux.dialect.responses;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters of a request, which its response repeats; what the request leaves out, as OpenAI
 * has it by default. Nothing is stored here, whatever was asked.
 */
final class ResponseEcho {

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("instructions", "null");
    DEFAULTS.put("max_output_tokens", "null");
    DEFAULTS.put("max_tool_calls", "null");
    DEFAULTS.put("parallel_tool_calls", "true");
    DEFAULTS.put("prompt_cache_key", "null");
    DEFAULTS.put("reasoning", "{\"effort\":null,\"summary\":null}");
    DEFAULTS.put("safety_identifier", "null");
    DEFAULTS.put("service_tier", "\"default\"");
    DEFAULTS.put("temperature", "1.0");
    DEFAULTS.put("text", "{\"format\":{\"type\":\"text\"}}");
    DEFAULTS.put("tool_choice", "\"auto\"");
    DEFAULTS.put("tools", "[]");
    DEFAULTS.put("top_logprobs", "0");
    DEFAULTS.put("top_p", "1.0");
    DEFAULTS.put("truncation", "\"disabled\"");
    DEFAULTS.put("user", "null");
    DEFAULTS.put("metadata", "{}");
  }

  private final Map<String, JsonSlice> fields = new LinkedHashMap<>();

  private ResponseEcho() {}

  static ResponseEcho of(byte[] request) {
    ResponseEcho echo = new ResponseEcho();
    DEFAULTS.forEach((name, value) -> echo.fields.put(name, JsonSlice.of(value)));
    JsonCursor json = new JsonCursor(request);
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      boolean given = json.kind() != JsonKind.NULL && DEFAULTS.containsKey(name);
      JsonSlice value = json.value();
      if (given) {
        echo.fields.put(name, value);
      }
    }
    return echo;
  }

  /** The tools that can be called, by their one name. */
  Map<String, CalledTool> tools() {
    JsonSlice tools = fields.get("tools");
    return tools == null ? Map.of() : CalledTool.named(tools);
  }

  /** Writes the fields into an open object. */
  void write(JsonOutput json) {
    fields.forEach(json::field);
    json.name("previous_response_id").nothing();
    json.field("store", false).field("background", false);
  }
}
