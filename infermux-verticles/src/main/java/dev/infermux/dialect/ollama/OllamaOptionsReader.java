package dev.infermux.dialect.ollama;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a request's options; those of the server's own engine have no place elsewhere. */
final class OllamaOptionsReader {

  private static final Set<String> SAMPLING =
      Set.of("temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty", "seed");

  private final Map<String, JsonSlice> numbers = new HashMap<>();
  private final List<String> stop = new ArrayList<>();

  /** Consumes {@code options}. */
  void read(JsonCursor json, Losses losses) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (json.kind() == JsonKind.NULL || name.equals("num_predict")) {
        json.skip();
      } else if (SAMPLING.contains(name)) {
        new FieldReader(json).expect(JsonKind.NUMBER, "options." + name, "a number");
        numbers.put(name, json.value());
      } else if (name.equals("stop")) {
        stop(json);
      } else {
        losses.drop("options." + name);
        json.skip();
      }
    }
  }

  private void stop(JsonCursor json) {
    FieldReader fields = new FieldReader(json);
    if (json.kind() == JsonKind.STRING) {
      stop.add(json.string());
      return;
    }
    fields.expect(JsonKind.ARRAY, "options.stop", "an array of strings");
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.STRING, "options.stop[" + stop.size() + "]", "a string");
      stop.add(json.string());
    }
  }

  Sampling sampling() {
    return new Sampling(
        numbers.get("temperature"),
        numbers.get("top_p"),
        numbers.get("top_k"),
        numbers.get("presence_penalty"),
        numbers.get("frequency_penalty"),
        numbers.get("seed"));
  }

  List<String> stop() {
    return stop;
  }
}
