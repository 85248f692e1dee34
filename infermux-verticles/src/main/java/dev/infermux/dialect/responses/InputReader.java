package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of an input as turns: what a model said, thought and called in a row is one turn,
 * and so are the outputs of its calls.
 */
final class InputReader {

  private static final JsonSlice NO_ARGUMENTS = JsonSlice.of("{}");

  private final Losses losses;
  private final InputParts parts;
  private final List<Turn> turns = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();
  private final List<ContentPart> row = new ArrayList<>();
  private Role speaker = Role.USER;

  InputReader(Losses losses) {
    this.losses = losses;
    this.parts = new InputParts(losses);
  }

  /** Consumes the value of {@code input}. */
  List<Turn> turns(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      turn(Role.USER, List.of(new ContentPart.Text(json.text())));
    } else {
      json.enterArray();
      for (int i = 0; json.nextElement(); i++) {
        item(json, "input[" + i + "]");
      }
    }
    endRow();
    return turns;
  }

  private void item(JsonCursor json, String where) {
    Item item = new Item();
    item.read(json);
    switch (item.type) {
      case "", "message" -> message(item, where);
      case "reasoning" -> thought(item, where);
      case "function_call" -> call(item, arguments(item.arguments, where + ".arguments"));
      case "custom_tool_call" -> call(item, textInput(item.input));
      case "function_call_output", "custom_tool_call_output" -> output(item, where);
      case "item_reference", "compaction" ->
          throw Losses.refused(where, "\"" + item.type + "\" is kept by another provider");
      default -> losses.drop("input." + item.type);
    }
  }

  private void message(Item item, String where) {
    List<ContentPart> content =
        item.content == null ? List.of() : parts.read(item.content.cursor(), where + ".content");
    switch (item.role) {
      case "assistant" -> said(Role.ASSISTANT, content);
      case "system", "developer" -> turn(Role.SYSTEM, content);
      case "user" -> turn(Role.USER, content);
      default ->
          throw FieldReader.invalid(
              where
                  + ".role: \""
                  + item.role
                  + "\" (expected: user | assistant | system | developer)",
              where + ".role");
    }
  }

  private void thought(Item item, String where) {
    JsonText shown = joined(item.content, where + ".content");
    JsonText text = shown.isEmpty() ? joined(item.summary, where + ".summary") : shown;
    if (!text.isEmpty() || item.seal != null) {
      said(Role.ASSISTANT, List.of(new ContentPart.Thought(text, item.seal)));
    }
  }

  private JsonText joined(@Nullable JsonSlice list, String where) {
    List<ContentPart> texts = list == null ? List.of() : parts.read(list.cursor(), where);
    if (texts.size() == 1 && texts.get(0) instanceof ContentPart.Text only) {
      return only.text();
    }
    JsonOutput joined = new JsonOutput().openString();
    boolean first = true;
    for (ContentPart part : texts) {
      if (part instanceof ContentPart.Text text) {
        joined.piece(first ? "" : "\n\n").piece(text.text());
        first = false;
      }
    }
    return joined.closeString().slice().text();
  }

  private void call(Item item, JsonSlice arguments) {
    calls.add(item.callId);
    said(
        Role.ASSISTANT,
        List.of(
            new ContentPart.ToolCall(
                item.callId, CalledTool.flat(item.namespace, item.name), arguments)));
  }

  private static JsonSlice textInput(@Nullable JsonText text) {
    JsonText input = text == null ? JsonText.EMPTY : text;
    JsonOutput json = new JsonOutput(input.length() + 16).object();
    return json.field(ResponsesToolsReader.INPUT, input).endObject().slice();
  }

  private static JsonSlice arguments(@Nullable JsonText text, String where) {
    if (text == null || text.isBlank()) {
      return NO_ARGUMENTS;
    }
    byte[] json = text.decoded().getBytes(UTF_8);
    try {
      JsonCursor cursor = new JsonCursor(json);
      JsonKind kind = cursor.kind();
      JsonSlice value = cursor.value();
      cursor.end();
      if (kind == JsonKind.OBJECT) {
        return value;
      }
    } catch (JsonSyntaxException notJson) {
      throw Losses.refused(where, "no JSON object");
    }
    throw Losses.refused(where, "no JSON object");
  }

  private void output(Item item, String where) {
    if (!calls.contains(item.callId)) {
      throw Losses.refused(where + ".call_id", "\"" + item.callId + "\" is of no call before it");
    }
    List<ContentPart> content =
        item.output == null ? List.of() : parts.read(item.output.cursor(), where + ".output");
    said(Role.USER, List.of(new ContentPart.ToolResult(item.callId, content, false)));
  }

  /** Adds to the row that is open, or opens one. */
  private void said(Role role, List<ContentPart> content) {
    if (speaker != role) {
      endRow();
      speaker = role;
    }
    row.addAll(content);
  }

  /** A turn of its own. */
  private void turn(Role role, List<ContentPart> content) {
    endRow();
    turns.add(new Turn(role, content));
  }

  private void endRow() {
    if (!row.isEmpty()) {
      turns.add(new Turn(speaker, row));
      row.clear();
    }
  }

  /** The fields of an item, whatever its type. */
  private static final class Item {
    private String type = "";
    private String role = "";
    private String callId = "";
    private String name = "";
    private String namespace = "";
    private @Nullable JsonText arguments;
    private @Nullable JsonText input;
    private @Nullable JsonText seal;
    private @Nullable JsonSlice content;
    private @Nullable JsonSlice output;
    private @Nullable JsonSlice summary;

    void read(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "type" -> type = ResponseObject.text(json);
          case "role" -> role = ResponseObject.text(json);
          case "call_id" -> callId = ResponseObject.text(json);
          case "name" -> name = ResponseObject.text(json);
          case "namespace" -> namespace = ResponseObject.text(json);
          case "arguments" -> arguments = InputParts.text(json);
          case "input" -> input = InputParts.text(json);
          case "encrypted_content" -> seal = InputParts.text(json);
          case "content" -> content = json.value();
          case "output" -> output = json.value();
          case "summary" -> summary = json.value();
          default -> json.skip();
        }
      }
    }
  }
}
