package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.PromptPieces;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Shows the prompt of a body that a scan has found to be sound to a visitor. */
final class MessagesWalk {

  private final JsonCursor json;
  private final PromptVisitor visitor;
  private final PromptPieces pieces;

  MessagesWalk(byte[] body, PromptVisitor visitor) {
    this.json = new JsonCursor(body);
    this.visitor = visitor;
    this.pieces = new PromptPieces(body, json, visitor);
  }

  void document() {
    visitor.chat();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.SYSTEM) && json.kind() != JsonKind.NULL) {
        visitor.message();
        content();
      } else if (json.nameIs(MessageFields.MESSAGES)) {
        messages();
      } else if (json.nameIs(MessageFields.TOOLS) && json.kind() == JsonKind.ARRAY) {
        pieces.raw();
      } else {
        json.skip();
      }
    }
  }

  private void messages() {
    json.enterArray();
    while (json.nextElement()) {
      visitor.message();
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MessageFields.CONTENT)) {
          content();
        } else {
          json.skip();
        }
      }
    }
  }

  private void content() {
    switch (json.kind()) {
      case STRING -> pieces.text();
      case OBJECT -> pieces.raw();
      case ARRAY -> {
        json.enterArray();
        while (json.nextElement()) {
          block();
        }
      }
      default -> json.skip();
    }
  }

  private void block() {
    json.enterObject();
    while (json.nextField()) {
      boolean string = json.kind() == JsonKind.STRING;
      if (string && (json.nameIs(MessageFields.TEXT) || json.nameIs(MessageFields.THINKING))) {
        pieces.text();
      } else if (string && json.nameIs(MessageFields.NAME)) {
        visitor.name();
        pieces.text();
      } else if (json.nameIs(MessageFields.INPUT)) {
        pieces.raw();
      } else if (json.nameIs(MessageFields.CONTENT)) {
        content();
      } else if (json.nameIs(MessageFields.SOURCE) && json.kind() == JsonKind.OBJECT) {
        source();
      } else {
        json.skip();
      }
    }
  }

  /** Text that is attached counts as text where its type comes first, as clients write it. */
  private void source() {
    boolean text = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.TYPE) && json.kind() == JsonKind.STRING) {
        text = json.string().equals("text");
      } else if (text && json.nameIs(MessageFields.DATA) && json.kind() == JsonKind.STRING) {
        pieces.text();
      } else if (json.nameIs(MessageFields.CONTENT)) {
        content();
      } else {
        json.skip();
      }
    }
  }
}
