package dev.infermux.mock;

import dev.infermux.dialect.FieldReader;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.Set;

/**
 * What Ollama's API refuses with a 400, beyond what a scan does: it is more lenient than others.
 */
final class OllamaRules {

  private static final Set<String> ROLES = Set.of("system", "user", "assistant", "tool");

  private OllamaRules() {}

  static void check(JsonSlice body) {
    for (JsonSlice message : FieldLookup.elements(FieldLookup.field(body, "messages"))) {
      String role = FieldLookup.text(message, "role");
      if (!ROLES.contains(role)) {
        throw FieldReader.invalid(
            "invalid role: " + role + ", must be one of [system, user, assistant, tool]", null);
      }
      JsonSlice content = FieldLookup.field(message, "content");
      if (content != null && content.kind() != JsonKind.STRING && content.kind() != JsonKind.NULL) {
        throw FieldReader.invalid(
            "json: cannot unmarshal array into Go struct field ChatRequest.messages.content of type"
                + " string",
            null);
      }
      for (JsonSlice call : FieldLookup.elements(FieldLookup.field(message, "tool_calls"))) {
        JsonSlice arguments = FieldLookup.field(FieldLookup.field(call, "function"), "arguments");
        if (arguments != null && arguments.kind() == JsonKind.STRING) {
          throw FieldReader.invalid(
              "json: cannot unmarshal string into Go struct field"
                  + " ChatRequest.messages.tool_calls.function.arguments of type"
                  + " api.ToolCallFunctionArguments",
              null);
        }
      }
    }
  }
}
