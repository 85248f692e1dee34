package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.WrittenObject;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's call of a tool, in a request's message or in an answer.
 *
 * @param id empty = none, as older servers give none
 * @param arguments an object
 */
record OllamaToolCall(String id, String name, JsonSlice arguments) {

  private static final byte[] ID = "id".getBytes(US_ASCII);
  private static final byte[] FUNCTION = "function".getBytes(US_ASCII);
  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final byte[] ARGUMENTS = "arguments".getBytes(US_ASCII);
  private static final JsonSlice NONE = JsonSlice.of("{}");

  /** Consumes {@code tool_calls}; null, and what is no call, is left out. */
  static List<OllamaToolCall> list(JsonCursor json) {
    List<OllamaToolCall> calls = new ArrayList<>();
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return calls;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        calls.add(read(json));
      } else {
        json.skip();
      }
    }
    return calls;
  }

  private static OllamaToolCall read(JsonCursor json) {
    OllamaToolCall call = new OllamaToolCall("", "", NONE);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ID) && json.kind() == JsonKind.STRING) {
        call = new OllamaToolCall(json.string(), call.name, call.arguments);
      } else if (json.nameIs(FUNCTION) && json.kind() == JsonKind.OBJECT) {
        call = function(json, call.id);
      } else {
        json.skip();
      }
    }
    return call;
  }

  private static OllamaToolCall function(JsonCursor json, String id) {
    String name = "";
    JsonSlice arguments = NONE;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(NAME) && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (json.nameIs(ARGUMENTS) && json.kind() == JsonKind.OBJECT) {
        arguments = json.value();
      } else if (json.nameIs(ARGUMENTS) && json.kind() == JsonKind.STRING) {
        arguments = WrittenObject.of(json.string());
      } else {
        json.skip();
      }
    }
    return new OllamaToolCall(id, name, arguments);
  }
}
