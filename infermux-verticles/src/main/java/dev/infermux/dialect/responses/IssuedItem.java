package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import java.util.ArrayList;
import java.util.List;

/**
 * What is noted of one item of an output.
 *
 * @param ids of it, of its container and of its encrypted thought
 * @param characters of its text
 */
record IssuedItem(String type, List<String> ids, long characters) {

  /** Consumes an item. */
  static IssuedItem read(JsonCursor json) {
    String type = "";
    List<String> ids = new ArrayList<>(2);
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() == JsonKind.STRING;
      switch (json.name()) {
        case "type" -> type = ResponseObject.text(json);
        case "id", "container_id" -> ids.add(ResponseObject.text(json));
        case "encrypted_content" -> ids.add(text ? Seals.id(json.text()) : skip(json));
        case "arguments", "input" -> characters += text ? json.stringLength() : skipped(json);
        case "content", "summary" -> characters += parts(json);
        default -> json.skip();
      }
    }
    return new IssuedItem(type, ids, characters);
  }

  private static long parts(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      return skipped(json);
    }
    long characters = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      json.enterObject();
      while (json.nextField()) {
        String name = json.name();
        boolean text = name.equals("text") || name.equals("refusal");
        characters += text && json.kind() == JsonKind.STRING ? json.stringLength() : skipped(json);
      }
    }
    return characters;
  }

  private static String skip(JsonCursor json) {
    json.skip();
    return "";
  }

  private static long skipped(JsonCursor json) {
    json.skip();
    return 0;
  }
}
