package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.PromptPieces;
import dev.infermux.inference.Operation;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Shows the prompt of a body that a scan has found to be sound to a visitor. */
final class PromptWalk {

  private static final byte[] TOOLS = ascii("tools");
  private static final byte[] NAME = ascii("name");
  private static final byte[][] ATTACHED = {
    ascii("image_url"), ascii("input_audio"), ascii("file"),
  };
  private static final byte[][] TEXTS = {
    ascii("content"), ascii("text"), ascii("arguments"), NAME, ascii("input"), ascii("refusal"),
  };

  private final JsonCursor json;
  private final PromptVisitor visitor;
  private final PromptPieces pieces;

  PromptWalk(byte[] body, PromptVisitor visitor) {
    this.json = new JsonCursor(body);
    this.visitor = visitor;
    this.pieces = new PromptPieces(body, json, visitor);
  }

  void document(Operation operation) {
    byte[] field =
        switch (operation) {
          case CHAT -> ascii("messages");
          case COMPLETION -> ascii("prompt");
          case EMBEDDINGS -> ascii("input");
          default -> throw new IllegalArgumentException(operation + " has no prompt");
        };
    boolean chat = operation == Operation.CHAT;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(field)) {
        if (chat) {
          visitor.chat();
        }
        prompt(chat);
      } else if (chat && json.nameIs(TOOLS)) {
        // Tools count as the JSON they are.
        pieces.raw();
      } else {
        json.skip();
      }
    }
  }

  /** A text, a list of texts, messages or tokens, or a list of lists of tokens. */
  private void prompt(boolean messages) {
    if (json.kind() != JsonKind.ARRAY) {
      value();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (messages) {
        visitor.message();
      }
      value();
    }
  }

  private void value() {
    switch (json.kind()) {
      case STRING -> pieces.text();
      case ARRAY -> prompt(false);
      case OBJECT -> object();
      case NUMBER -> {
        json.skip();
        visitor.token();
      }
      default -> json.skip();
    }
  }

  private void object() {
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() != JsonKind.STRING || isOneOf(TEXTS);
      if (text && json.kind() != JsonKind.NUMBER && !isOneOf(ATTACHED)) {
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

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }
}
