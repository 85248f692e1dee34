package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a message or a delta says of one call of a tool. */
final class CallPiece {

  long index;
  String id = "";
  String name = "";
  JsonText arguments = JsonText.EMPTY;

  /** What the provider wants back with the call, an object; null = nothing. */
  @Nullable JsonSlice extra;

  private CallPiece(long index) {
    this.index = index;
  }

  /** Consumes the value of {@code tool_calls}; a call without an index is counted. */
  static List<CallPiece> all(JsonCursor json) {
    List<CallPiece> pieces = new ArrayList<>(1);
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        CallPiece piece = new CallPiece(pieces.size());
        piece.read(json);
        pieces.add(piece);
      } else {
        json.skip();
      }
    }
    return pieces;
  }

  /** Consumes the value of the deprecated {@code function_call}. */
  static CallPiece function(JsonCursor json) {
    CallPiece piece = new CallPiece(0);
    piece.called(json);
    return piece;
  }

  private void read(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("index") && json.kind() == JsonKind.NUMBER) {
        index = json.longValue();
      } else if (field.equals("id") && json.kind() == JsonKind.STRING) {
        id = json.string();
      } else if (field.equals("function") && json.kind() == JsonKind.OBJECT) {
        called(json);
      } else if (field.equals("extra_content") && json.kind() == JsonKind.OBJECT) {
        extra = json.value();
      } else {
        json.skip();
      }
    }
  }

  private void called(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("name") && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (field.equals("arguments") && json.kind() == JsonKind.STRING) {
        arguments = json.text();
      } else if (field.equals("arguments") && json.kind() == JsonKind.OBJECT) {
        arguments = JsonText.of(json.value().toString());
      } else {
        json.skip();
      }
    }
  }
}
