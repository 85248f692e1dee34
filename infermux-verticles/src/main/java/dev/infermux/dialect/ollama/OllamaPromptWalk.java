package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

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

  OllamaPromptWalk(byte[] body, PromptVisitor visitor) {
    this.json = new JsonCursor(body);
    this.visitor = visitor;
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
        raw(json.value());
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
        raw(json.value());
      } else {
        json.skip();
      }
    }
  }

  private void text() {
    if (json.kind() != JsonKind.STRING) {
      json.skip();
      return;
    }
    JsonText text = json.text();
    int end = Math.min(text.length(), whole(text, visitor.room()));
    JsonText read = new JsonText(text.bytes(), text.from(), text.from() + end);
    visitor.text(read.decoded(), end, text.length() - end);
  }

  /** Tools and their calls count as the JSON they are. */
  private void raw(JsonSlice value) {
    int end = Math.min(value.length(), visitor.room());
    visitor.text(new String(value.bytes(), value.from(), end, UTF_8), end, value.length() - end);
  }

  /** The end of the last escape or character that begins within so many bytes of a text. */
  private static int whole(JsonText text, int bytes) {
    byte[] all = text.bytes();
    int at = text.from();
    while (at < text.to() && at - text.from() < bytes) {
      at += all[at] != '\\' ? 1 : all[at + 1] == 'u' ? 6 : 2;
    }
    while (at < text.to() && (all[at] & 0xC0) == 0x80) {
      at++;
    }
    return at - text.from();
  }
}
