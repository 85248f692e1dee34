package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools of a request, and how they may be used. */
final class MessageToolReader {

  private final JsonCursor json;
  private final Losses losses;

  MessageToolReader(JsonCursor json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  /** Consumes {@code tools}; those that Anthropic itself defines are left out. */
  ToolUse tools() {
    List<Tool> tools = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      MessageBlockReader.expect(json, JsonKind.OBJECT, "tools", "an array of objects");
      Tool tool = tool();
      if (tool != null) {
        tools.add(tool);
      }
    }
    return new ToolUse(tools, Mode.AUTO, "", null);
  }

  private @Nullable Tool tool() {
    String name = "";
    String type = "custom";
    JsonText description = null;
    JsonSlice schema = null;
    Boolean strict = null;
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      switch (json.kind()) {
        case STRING -> {
          JsonText text = json.text();
          description = field.equals("description") ? text : description;
          name = field.equals("name") ? text.decoded() : name;
          type = field.equals("type") ? text.decoded() : type;
        }
        case BOOLEAN -> {
          boolean value = json.booleanValue();
          strict = field.equals("strict") ? Boolean.valueOf(value) : strict;
        }
        case OBJECT -> {
          JsonSlice value = json.value();
          schema = field.equals("input_schema") ? value : schema;
          if (field.equals("cache_control")) {
            losses.drop(field);
          }
        }
        default -> json.skip();
      }
    }
    if (!type.equals("custom")) {
      losses.drop("tools." + type);
      return null;
    }
    return Tool.of(name, description, schema, strict);
  }

  /** Consumes {@code tool_choice}. */
  ToolUse choice() {
    MessageBlockReader.expect(json, JsonKind.OBJECT, "tool_choice", "an object");
    String type = "";
    String name = "";
    Boolean parallel = null;
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("type") && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else if (field.equals("name") && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (field.equals("disable_parallel_tool_use") && json.kind() == JsonKind.BOOLEAN) {
        parallel = !json.booleanValue();
      } else {
        json.skip();
      }
    }
    Mode mode =
        switch (type) {
          case "auto" -> Mode.AUTO;
          case "any" -> Mode.REQUIRED;
          case "tool" -> Mode.NAMED;
          case "none" -> Mode.NONE;
          default ->
              throw Losses.refused(
                  "tool_choice.type", "\"" + type + "\" (expected: auto, any, tool or none)");
        };
    return new ToolUse(List.of(), mode, mode == Mode.NAMED ? name : "", parallel);
  }
}
