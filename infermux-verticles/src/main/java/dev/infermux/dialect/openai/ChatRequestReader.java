package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a chat's request as a conversation. */
final class ChatRequestReader {

  private static final JsonSlice TEXT = JsonSlice.of("\"text\"");

  private final RequestBody request;
  private final JsonCursor json;
  private final FieldReader fields;
  private final Losses losses;
  private final SharedFields shared;
  private final ToolsReader tools;
  private List<Turn> turns = List.of();
  private @Nullable OutputFormat format;
  private @Nullable Reasoning reasoning;

  ChatRequestReader(RequestBody request, Losses losses) {
    this.request = request;
    this.json = new JsonCursor(request.bytes());
    this.fields = new FieldReader(json);
    this.losses = losses;
    this.shared = new SharedFields(json, losses);
    this.tools = new ToolsReader(json);
  }

  Conversation read() {
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (!fields.nullSkipped()) {
        field(name);
      }
    }
    return shared.conversation(turns, tools.use(), format, reasoning, request.facts());
  }

  private void field(String name) {
    switch (name) {
      case "messages" -> turns = new MessagesReader(json, losses).turns();
      case "tools" -> tools.tools();
      case "tool_choice" -> tools.choice();
      case "parallel_tool_calls" -> tools.parallel();
      case "functions" -> tools.functions();
      case "function_call" -> tools.functionCall();
      case "response_format" -> format();
      case "reasoning_effort" -> {
        fields.expect(JsonKind.STRING, name, "a string");
        reasoning = new Reasoning(json.string(), -1, true);
      }
      case "modalities" -> modalities();
      default -> shared.read(name);
    }
  }

  private void format() {
    fields.expect(JsonKind.OBJECT, "response_format", "an object");
    String type = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.STRING && json.name().equals("type")) {
        type = json.string();
      } else if (json.kind() == JsonKind.OBJECT && json.name().equals("json_schema")) {
        format = schema();
      } else {
        json.skip();
      }
    }
    switch (type) {
      case "text" -> format = null;
      case "json_object" -> format = new OutputFormat(null, "", null, false);
      case "json_schema" -> {
        if (format == null || format.schema() == null) {
          String where = "response_format.json_schema.schema";
          throw FieldReader.invalid(where + ": missing (expected: a JSON schema)", where);
        }
      }
      default ->
          throw Losses.refused("response_format.type", "\"" + type + "\" is known to no other API");
    }
  }

  private OutputFormat schema() {
    JsonSlice schema = null;
    String name = "";
    String description = null;
    boolean strict = false;
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("schema") && json.kind() == JsonKind.OBJECT) {
        schema = json.value();
      } else if (field.equals("name") && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (field.equals("description") && json.kind() == JsonKind.STRING) {
        description = json.string();
      } else if (field.equals("strict") && json.kind() == JsonKind.BOOLEAN) {
        strict = json.booleanValue();
      } else {
        json.skip();
      }
    }
    return new OutputFormat(schema, name, description, strict);
  }

  private void modalities() {
    fields.expect(JsonKind.ARRAY, "modalities", "an array");
    json.enterArray();
    while (json.nextElement()) {
      if (!json.value().equals(TEXT)) {
        throw Losses.refused("modalities", "the provider's API answers in text alone");
      }
    }
  }
}
