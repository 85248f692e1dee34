package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import java.util.HashMap;
import java.util.Map;

/** Puts the pieces of tool calls together, since here a call is told at once, as an object. */
final class OllamaCallCollector {

  private static final JsonSlice NONE = JsonSlice.of("{}");

  private record Open(String id, String name, JsonOutput arguments) {}

  private final Map<Integer, Open> open = new HashMap<>();

  void begins(ChatEvent.CallBegins call) {
    open.put(call.index(), new Open(call.id(), call.name(), new JsonOutput(128).openString()));
  }

  void piece(ChatEvent.CallArguments piece) {
    Open call = open.get(piece.index());
    if (call != null) {
      call.arguments().piece(piece.json());
    }
  }

  /**
   * Writes a call whose arguments are complete.
   *
   * @throws dev.infermux.json.JsonSyntaxException where these are no JSON object
   */
  void ends(int index, JsonOutput out) {
    Open call = open.remove(index);
    if (call == null) {
      return;
    }
    JsonSlice arguments = arguments(call.arguments().closeString().slice());
    out.object().field("id", call.id()).name("function").object();
    out.field("index", index).field("name", call.name()).field("arguments", arguments);
    out.endObject().endObject();
  }

  private static JsonSlice arguments(JsonSlice quoted) {
    if (quoted.text().isBlank()) {
      return NONE;
    }
    byte[] json = quoted.text().decoded().getBytes(UTF_8);
    new JsonCursor(json).enterObject();
    JsonCursor cursor = new JsonCursor(json);
    JsonSlice object = cursor.value();
    cursor.end();
    return object;
  }
}
