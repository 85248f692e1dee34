package dev.infermux.dialect.responses;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event of a stream, as far as accounting needs it; read anew for each. */
final class ResponsesStreamEvent {

  private String type = "";
  private @Nullable JsonSlice error;
  private @Nullable JsonSlice response;
  private @Nullable JsonSlice item;
  private long characters;
  private @Nullable ResponseObject read;

  void read(JsonCursor json) {
    type = "";
    error = null;
    response = null;
    item = null;
    read = null;
    characters = 0;
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      switch (json.name()) {
        case "type" -> type = ResponseObject.text(json);
        case "delta" -> {
          if (kind == JsonKind.STRING) {
            characters = json.stringLength();
          } else {
            json.skip();
          }
        }
        case "response" -> response = object(json);
        case "item" -> item = object(json);
        case "error" -> error = object(json);
        default -> json.skip();
      }
    }
    json.end();
  }

  private static @Nullable JsonSlice object(JsonCursor json) {
    boolean object = json.kind() == JsonKind.OBJECT;
    JsonSlice value = json.value();
    return object ? value : null;
  }

  String type() {
    return type;
  }

  @Nullable JsonSlice error() {
    return error;
  }

  /** Characters of text, thought or arguments that it adds. */
  long characters() {
    return characters;
  }

  /** Whether it brings content that has no characters: a picture, or something that is called. */
  boolean speaks() {
    if (type.endsWith("partial_image")) {
      return true;
    }
    if (item == null) {
      return false;
    }
    String kind = ResponseObject.field(item.cursor(), "type");
    return !kind.equals("message") && !kind.equals("reasoning");
  }

  boolean hasResponse() {
    return response != null;
  }

  /** The response that it carries; one that says nothing where it has none. */
  ResponseObject response() {
    if (read == null) {
      JsonSlice found = response == null ? JsonSlice.of("{}") : response;
      read = ResponseObject.read(found.cursor());
    }
    return read;
  }

  /** Ids of the item that it carries. */
  List<String> issued() {
    return item == null ? List.of() : IssuedItem.read(item.cursor()).ids();
  }
}
