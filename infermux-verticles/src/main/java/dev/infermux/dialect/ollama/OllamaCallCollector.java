package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the pieces of tool calls together, since here a call is told at once, as an object. */
final class OllamaCallCollector {

  private static final JsonSlice NONE = JsonSlice.of("{}");

  private record Open(String id, String name, JsonOutput arguments) {}

  private final Map<Integer, Open> open = new HashMap<>();
  private @Nullable JsonSyntaxException torn;

  void begins(ChatEvent.CallBegins call) {
    open.put(call.index(), new Open(call.id(), call.name(), new JsonOutput(128).openString()));
  }

  void piece(ChatEvent.CallArguments piece) {
    Open call = open.get(piece.index());
    if (call != null) {
      call.arguments().piece(piece.json());
    }
  }

  /** A call that is over; null where its arguments are no JSON object. */
  @Nullable JsonSlice ends(int index) {
    Open call = open.remove(index);
    if (call == null) {
      return null;
    }
    try {
      JsonSlice arguments = arguments(call.arguments().closeString().slice());
      JsonOutput out = new JsonOutput(arguments.length() + 128);
      out.object().field("id", call.id()).name("function").object();
      out.field("index", index).field("name", call.name()).field("arguments", arguments);
      return out.endObject().endObject().slice();
    } catch (JsonSyntaxException found) {
      torn = found;
      return null;
    }
  }

  /**
   * The answer has its reason to end. A call that its longest length or a filter cut is left out.
   *
   * @throws JsonSyntaxException where another one had arguments that are no JSON object
   */
  void finish(FinishReason reason) {
    if (torn != null && reason != FinishReason.LENGTH && reason != FinishReason.REFUSED) {
      throw torn;
    }
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
