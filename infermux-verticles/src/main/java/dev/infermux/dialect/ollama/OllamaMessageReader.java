package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a chat's messages as turns, and finds for each tool's result the call that it answers. */
final class OllamaMessageReader {

  private static final byte[] ROLE = "role".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] THINKING = "thinking".getBytes(US_ASCII);
  private static final byte[] IMAGES = "images".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] TOOL_CALL_ID = "tool_call_id".getBytes(US_ASCII);
  private static final byte[] TOOL_NAME = "tool_name".getBytes(US_ASCII);

  private final JsonCursor json;
  private final Losses losses;
  private final List<Turn> turns = new ArrayList<>();
  private final List<ContentPart> results = new ArrayList<>();

  /** Calls that no result has answered yet. */
  private final List<ContentPart.ToolCall> open = new ArrayList<>();

  private int calls;
  private String where = "";

  OllamaMessageReader(JsonCursor json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  /** Consumes the array of messages. */
  List<Turn> turns() {
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      where = "messages[" + index++ + "]";
      message();
    }
    answered();
    return turns;
  }

  private void message() {
    String role = "";
    JsonText content = JsonText.EMPTY;
    JsonText thinking = JsonText.EMPTY;
    List<ContentPart> images = List.of();
    List<OllamaToolCall> asked = List.of();
    String callId = "";
    String toolName = "";
    json.enterObject();
    while (json.nextField()) {
      boolean string = json.kind() == JsonKind.STRING;
      if (json.nameIs(ROLE)) {
        role = json.string().toLowerCase(Locale.ROOT);
      } else if (string && json.nameIs(CONTENT)) {
        content = json.text();
      } else if (string && json.nameIs(THINKING)) {
        thinking = json.text();
      } else if (json.nameIs(IMAGES)) {
        images = media(json, where + ".images");
      } else if (json.nameIs(TOOL_CALLS)) {
        asked = OllamaToolCall.list(json);
      } else if (string && json.nameIs(TOOL_CALL_ID)) {
        callId = json.string();
      } else if (string && json.nameIs(TOOL_NAME)) {
        toolName = json.string();
      } else {
        losses.drop("messages." + json.name());
        json.skip();
      }
    }
    if (role.equals("tool")) {
      results.add(new ContentPart.ToolResult(call(callId, toolName), all(content, images), false));
      return;
    }
    answered();
    Turn.Role speaker = speaker(role);
    boolean model = speaker == Turn.Role.ASSISTANT;
    turns.add(new Turn(speaker, model ? said(thinking, content, asked) : all(content, images)));
  }

  private Turn.Role speaker(String role) {
    return switch (role) {
      case "system", "developer" -> Turn.Role.SYSTEM;
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      default ->
          throw Losses.refused(
              where + ".role", "\"" + role + "\" (expected: system | user | assistant | tool)");
    };
  }

  /** Results that stand together are the answer to one turn's calls. */
  private void answered() {
    if (!results.isEmpty()) {
      turns.add(new Turn(Turn.Role.USER, results));
      results.clear();
    }
  }

  private List<ContentPart> said(JsonText thinking, JsonText content, List<OllamaToolCall> asked) {
    List<ContentPart> parts = new ArrayList<>();
    if (!thinking.isEmpty()) {
      parts.add(new ContentPart.Thought(thinking, null));
    }
    if (!content.isEmpty() || asked.isEmpty()) {
      parts.add(new ContentPart.Text(content));
    }
    open.clear();
    for (OllamaToolCall call : asked) {
      String id = call.id().isEmpty() ? "call_" + calls : call.id();
      open.add(new ContentPart.ToolCall(id, call.name(), call.arguments()));
      calls++;
    }
    parts.addAll(open);
    return parts;
  }

  /** By its id, else by the tool's name, else in order. */
  private String call(String id, String name) {
    ContentPart.ToolCall answered = null;
    for (ContentPart.ToolCall call : open) {
      boolean named = id.isEmpty() ? name.isEmpty() || name.equals(call.name()) : false;
      if (answered == null && (named || (!id.isEmpty() && id.equals(call.id())))) {
        answered = call;
      }
    }
    if (answered == null) {
      throw Losses.refused(where, "a tool's result without the call that it answers");
    }
    open.remove(answered);
    return answered.id();
  }

  private static List<ContentPart> all(JsonText content, List<ContentPart> images) {
    if (images.isEmpty()) {
      return List.of(new ContentPart.Text(content));
    }
    List<ContentPart> parts = new ArrayList<>(images);
    if (!content.isEmpty()) {
      parts.add(new ContentPart.Text(content));
    }
    return parts;
  }

  /** Consumes a list of attachments. */
  static List<ContentPart> media(JsonCursor json, String where) {
    List<ContentPart> parts = new ArrayList<>();
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return parts;
    }
    json.enterArray();
    while (json.nextElement()) {
      parts.add(OllamaMedia.of(json.text(), where));
    }
    return parts;
  }
}
