package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.List;

/**
 * Reads a legacy completion as a user's one message. What a chat cannot do is refused: several
 * prompts or tokens, the prompt in the answer, text after the answer, the best of several.
 */
final class CompletionRequestReader {

  private final RequestBody request;
  private final JsonCursor json;
  private final FieldReader fields;
  private final SharedFields shared;
  private JsonText prompt = JsonText.EMPTY;

  CompletionRequestReader(RequestBody request, Losses losses) {
    this.request = request;
    this.json = new JsonCursor(request.bytes());
    this.fields = new FieldReader(json);
    this.shared = new SharedFields(json, losses);
  }

  Conversation read() {
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (!fields.nullSkipped()) {
        field(name);
      }
    }
    Turn message = new Turn(Turn.Role.USER, List.of(new ContentPart.Text(prompt)));
    return shared.conversation(List.of(message), ToolUse.NONE, null, null, request.facts());
  }

  private void field(String name) {
    switch (name) {
      case "prompt" -> prompt();
      case "echo" -> {
        if (fields.flag(name)) {
          throw refused(name);
        }
      }
      case "suffix" -> {
        fields.expect(JsonKind.STRING, name, "a string");
        if (!json.isEmptyString()) {
          throw refused(name);
        }
      }
      case "best_of" -> {
        if (fields.count(name, 1) > 1) {
          throw refused(name);
        }
      }
      case "logprobs" -> throw refused(name);
      default -> shared.read(name);
    }
  }

  private void prompt() {
    if (json.kind() == JsonKind.STRING) {
      prompt = json.text();
      return;
    }
    fields.expect(JsonKind.ARRAY, "prompt", "a string or an array");
    boolean found = false;
    json.enterArray();
    while (json.nextElement()) {
      if (found || json.kind() != JsonKind.STRING) {
        throw refused("prompt");
      }
      found = true;
      prompt = json.text();
    }
    if (!found) {
      throw refused("prompt");
    }
  }

  private static RuntimeException refused(String field) {
    return Losses.refused(
        field, "a chat cannot do this, and the provider has chats only (expected: one text)");
  }
}
