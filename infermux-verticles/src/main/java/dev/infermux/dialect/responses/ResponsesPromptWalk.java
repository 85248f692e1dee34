package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Shows the prompt of a body that a scan has found to be sound to a visitor. */
final class ResponsesPromptWalk {

  private static final byte[] INPUT = ascii("input");
  private static final byte[] INSTRUCTIONS = ascii("instructions");
  private static final byte[] TOOLS = ascii("tools");
  private static final byte[] NAME = ascii("name");
  private static final byte[][] NESTED = {ascii("content"), ascii("output"), ascii("summary")};
  private static final byte[][] TEXTS = {
    ascii("content"), ascii("text"), ascii("output"), ascii("arguments"), NAME, ascii("refusal"),
  };

  private final JsonCursor json;
  private final PromptVisitor visitor;

  ResponsesPromptWalk(byte[] body, PromptVisitor visitor) {
    this.json = new JsonCursor(body);
    this.visitor = visitor;
  }

  void document() {
    visitor.chat();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(INPUT)) {
        input();
      } else if (json.nameIs(INSTRUCTIONS) && json.kind() == JsonKind.STRING) {
        visitor.message();
        text(json.text());
      } else if (json.nameIs(TOOLS) && json.kind() == JsonKind.ARRAY) {
        raw(json.value());
      } else {
        json.skip();
      }
    }
  }

  private void input() {
    if (json.kind() == JsonKind.STRING) {
      visitor.message();
      text(json.text());
    } else if (json.kind() == JsonKind.ARRAY) {
      json.enterArray();
      while (json.nextElement()) {
        visitor.message();
        value();
      }
    } else {
      json.skip();
    }
  }

  private void value() {
    switch (json.kind()) {
      case STRING -> text(json.text());
      case ARRAY -> {
        json.enterArray();
        while (json.nextElement()) {
          value();
        }
      }
      case OBJECT -> object();
      default -> json.skip();
    }
  }

  private void object() {
    json.enterObject();
    while (json.nextField()) {
      if (isOneOf(json.kind() == JsonKind.STRING ? TEXTS : NESTED)) {
        if (json.nameIs(NAME)) {
          visitor.name();
        }
        value();
      } else {
        json.skip();
      }
    }
  }

  private boolean isOneOf(byte[][] names) {
    for (byte[] name : names) {
      if (json.nameIs(name)) {
        return true;
      }
    }
    return false;
  }

  private void text(JsonText text) {
    int room = visitor.room();
    int end = text.length() > room ? whole(text, room) : text.to();
    String read = new JsonText(text.bytes(), text.from(), end).decoded();
    visitor.text(read, end - text.from(), text.to() - end);
  }

  /** Tools count as the JSON they are. */
  private void raw(JsonSlice tools) {
    int end = Math.min(tools.to(), tools.from() + visitor.room());
    String read = new String(tools.bytes(), tools.from(), end - tools.from(), UTF_8);
    visitor.text(read, end - tools.from(), tools.to() - end);
  }

  /** The end of the last escape or character that begins within so many bytes. */
  private static int whole(JsonText text, int bytes) {
    byte[] body = text.bytes();
    int at = text.from();
    while (at - text.from() < bytes) {
      if (body[at] == '\\') {
        at += body[at + 1] == 'u' ? 6 : 2;
      } else {
        at++;
      }
    }
    while (at < text.to() && (body[at] & 0xC0) == 0x80) {
      at++;
    }
    return Math.min(at, text.to());
  }

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }
}
