package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Reads the calls of tools of a whole message: what is written in them, and whether one is odd. */
final class ToolCallReader {

  private boolean odd;
  private int calls;

  /** Consumes the value of {@code tool_calls}; returns the characters written in it. */
  long read(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      odd = true;
      json.skip();
      return 0;
    }
    long characters = 0;
    json.enterArray();
    while (json.nextElement()) {
      calls++;
      if (json.kind() == JsonKind.OBJECT) {
        characters += call(json);
      } else {
        odd = true;
        json.skip();
      }
    }
    return characters;
  }

  /** Whether some client is known to break on it: on no call at all too. */
  boolean odd() {
    return odd || calls == 0;
  }

  private long call(JsonCursor json) {
    long characters = 0;
    int given = 0;
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() == JsonKind.STRING;
      if (text && (json.nameIs(OpenAiFields.ID) || json.nameIs(OpenAiFields.TYPE))) {
        given += json.isEmptyString() ? 0 : 1;
      } else if (json.nameIs(OpenAiFields.FUNCTION) && json.kind() == JsonKind.OBJECT) {
        characters += function(json);
      } else {
        characters += ContentReader.field(json);
      }
    }
    odd |= given < 2;
    return characters;
  }

  private long function(JsonCursor json) {
    long characters = 0;
    boolean arguments = false;
    json.enterObject();
    while (json.nextField()) {
      if (!json.nameIs(OpenAiFields.ARGUMENTS)) {
        characters += ContentReader.field(json);
      } else if (json.kind() == JsonKind.STRING) {
        arguments = true;
        characters += json.stringLength();
      } else {
        characters += ContentReader.inside(json);
      }
    }
    odd |= !arguments;
    return characters;
  }
}
