package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

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

  private final byte[] body;
  private final JsonCursor json;
  private final PromptVisitor visitor;

  PromptWalk(byte[] body, PromptVisitor visitor) {
    this.body = body;
    this.json = new JsonCursor(body);
    this.visitor = visitor;
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
        raw();
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
      case STRING -> text();
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

  private void text() {
    int from = json.position() + 1;
    json.skip();
    int to = json.position() - 1;
    int room = visitor.room();
    int end = to - from > room ? whole(from, to, room) : to;
    visitor.text(decoded(from, end), end - from, to - end);
  }

  /** Tools count as the JSON they are. */
  private void raw() {
    int from = json.position();
    json.skip();
    int to = json.position();
    int end = Math.min(to, from + visitor.room());
    visitor.text(new String(body, from, end - from, UTF_8), end - from, to - end);
  }

  /** The end of the last escape or character that begins within so many bytes of a string. */
  private int whole(int from, int to, int bytes) {
    int at = from;
    while (at - from < bytes) {
      if (body[at] == '\\') {
        at += body[at + 1] == 'u' ? 6 : 2;
      } else {
        at++;
      }
    }
    while (at < to && (body[at] & 0xC0) == 0x80) {
      at++;
    }
    return Math.min(at, to);
  }

  private String decoded(int from, int to) {
    byte[] quoted = new byte[to - from + 2];
    System.arraycopy(body, from, quoted, 1, to - from);
    quoted[0] = '"';
    quoted[quoted.length - 1] = '"';
    return new JsonCursor(quoted).string();
  }

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }
}
