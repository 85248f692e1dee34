package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.PromptPieces;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Shows the prompt of a body that a scan has found to be sound to a visitor. */
final class OllamaPromptWalk {

  private static final byte[] TOOLS = "tools".getBytes(US_ASCII);
  private static final byte[] SYSTEM = "system".getBytes(US_ASCII);
  private static final byte[] SUFFIX = "suffix".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] THINKING = "thinking".getBytes(US_ASCII);
  private static final byte[] TOOL_NAME = "tool_name".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);

  private final JsonCursor json;
  private final PromptVisitor visitor;
  private final PromptPieces pieces;

  OllamaPromptWalk(byte[] body, PromptVisitor visitor) {
    this.json = new JsonCursor(body);
    this.visitor = visitor;
    this.pieces = new PromptPieces(body, json, visitor);
  }

  void document(OllamaEndpoint endpoint) {
    byte[] prompt = endpoint.prompt().getBytes(US_ASCII);
    boolean chat = endpoint == OllamaEndpoint.CHAT;
    json.enterObject();
    while (json.nextField()) {
      boolean tools = chat && json.nameIs(TOOLS);
      if (json.nameIs(prompt)) {
        prompt(chat);
      } else if (tools && json.kind() == JsonKind.ARRAY) {
        pieces.raw();
      } else if (!chat && (json.nameIs(SYSTEM) || json.nameIs(SUFFIX))) {
        text();
      } else {
        json.skip();
      }
    }
  }

  private void prompt(boolean chat) {
    if (chat) {
      visitor.chat();
    }
    if (json.kind() != JsonKind.ARRAY) {
      text();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (chat) {
        visitor.message();
        message();
      } else {
        text();
      }
    }
  }

  private void message() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(CONTENT) || json.nameIs(THINKING)) {
        text();
      } else if (json.nameIs(TOOL_NAME) && json.kind() == JsonKind.STRING) {
        visitor.name();
        text();
      } else if (json.nameIs(TOOL_CALLS) && json.kind() == JsonKind.ARRAY) {
        pieces.raw();
      } else {
        json.skip();
      }
    }
  }

  private void text() {
    if (json.kind() == JsonKind.STRING) {
      pieces.text();
    } else {
      json.skip();
    }
  }
}
