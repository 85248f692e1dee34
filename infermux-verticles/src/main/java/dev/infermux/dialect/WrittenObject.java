package dev.infermux.dialect;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;

/** A JSON object that is written as text, as OpenAI has the arguments of a call. */
public final class WrittenObject {

  private static final JsonSlice EMPTY = JsonSlice.of("{}");

  private WrittenObject() {}

  /** The object; what is none is an empty one. */
  public static JsonSlice of(String text) {
    if (text.isBlank()) {
      return EMPTY;
    }
    JsonSlice value = JsonSlice.of(text);
    try {
      JsonCursor json = value.cursor();
      boolean object = json.kind() == JsonKind.OBJECT;
      json.skip();
      json.end();
      return object ? value : EMPTY;
    } catch (JsonSyntaxException broken) {
      return EMPTY;
    }
  }
}
