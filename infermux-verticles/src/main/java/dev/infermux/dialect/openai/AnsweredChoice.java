package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/**
 * One choice of a whole answer, in the parts that its chunks have.
 *
 * @param opening the delta of the first chunk: its role
 * @param delta all else that a chat's message says
 * @param text of a legacy completion
 */
record AnsweredChoice(
    JsonSlice index,
    JsonSlice opening,
    JsonSlice delta,
    JsonSlice text,
    @Nullable JsonSlice logprobs,
    JsonSlice finishReason) {

  private static final JsonSlice OPENING =
      JsonSlice.of("{\"role\":\"assistant\",\"content\":\"\"}");

  static AnsweredChoice read(JsonSlice choice) {
    JsonSlice index = JsonSlice.of("0");
    JsonSlice delta = JsonSlice.of("{}");
    JsonSlice text = JsonSlice.of("\"\"");
    JsonSlice logprobs = null;
    JsonSlice reason = JsonSlice.of("null");
    JsonCursor json = choice.cursor();
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "index" -> index = json.value();
        case "message" -> delta = delta(json.value());
        case "text" -> text = json.value();
        case "logprobs" -> logprobs = json.value();
        case "finish_reason" -> reason = json.value();
        default -> json.skip();
      }
    }
    return new AnsweredChoice(index, OPENING, delta, text, logprobs, reason);
  }

  /** A message without its role, its calls numbered as the fragments of a stream are. */
  private static JsonSlice delta(JsonSlice message) {
    JsonOutput out = new JsonOutput(message.length() + 64).object();
    JsonCursor json = message.cursor();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("role") || json.kind() == JsonKind.NULL) {
        json.skip();
      } else if (name.equals("tool_calls") && json.kind() == JsonKind.ARRAY) {
        calls(json, out.name(name));
      } else {
        out.name(name).value(json.value());
      }
    }
    return out.endObject().slice();
  }

  private static void calls(JsonCursor json, JsonOutput out) {
    int index = 0;
    out.array();
    json.enterArray();
    while (json.nextElement()) {
      out.object().field("index", index++);
      json.enterObject();
      while (json.nextField()) {
        String name = json.name();
        if (name.equals("index")) {
          json.skip();
        } else {
          out.name(name).value(json.value());
        }
      }
      out.endObject();
    }
    out.endArray();
  }
}
