package dev.infermux.events.content;

import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Writes content within bounds: what is too much is cut, and says so. */
final class ContentJson {

  /** Characters of all texts of one attribute together. */
  static final int MOST = 32_768;

  private static final String CUT = "… [cut]";

  private final JsonOutput json = new JsonOutput();
  private int room = MOST;

  JsonOutput json() {
    return json;
  }

  /** Whether there is room for anything more. */
  boolean full() {
    return room <= 0;
  }

  /** A part of this type with its text in a field. */
  void part(String type, String field, JsonText text) {
    json.object().field("type", type);
    text(field, text);
    json.endObject();
  }

  void text(String field, JsonText text) {
    if (text.length() <= room) {
      room -= text.length();
      json.field(field, text);
    } else {
      json.field(field, cut(text));
      room = 0;
    }
  }

  /** JSON of which nothing but the whole is of use. */
  void value(String field, JsonSlice value) {
    if (value.length() <= room) {
      room -= value.length();
      json.field(field, value);
    } else {
      json.field(field, CUT);
      room = 0;
    }
  }

  /** No more bytes are decoded than there is room for. */
  private String cut(JsonText text) {
    int end = text.from() + Math.max(0, room - 8);
    // An escape is at most six bytes long, and a character four: what begins here ends within.
    int safe = end;
    while (safe > text.from() && end - safe < 12 && text.bytes()[safe] != ' ') {
      safe--;
    }
    if (safe == text.from() || text.bytes()[safe] != ' ') {
      return CUT;
    }
    return new JsonText(text.bytes(), text.from(), safe).decoded() + CUT;
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
