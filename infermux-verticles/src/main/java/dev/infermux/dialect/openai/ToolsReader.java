package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a chat's tools and their choice, the deprecated functions included. */
final class ToolsReader {

  private final JsonCursor json;
  private final FieldReader fields;
  private final List<Tool> tools = new ArrayList<>();
  private Mode mode = Mode.AUTO;
  private String only = "";
  private @Nullable Set<String> allowed;
  private @Nullable Boolean parallel;

  ToolsReader(JsonCursor json) {
    this.json = json;
    this.fields = new FieldReader(json);
  }

  ToolUse use() {
    Set<String> names = allowed;
    if (names != null) {
      tools.removeIf(tool -> !names.contains(tool.name()));
    }
    return new ToolUse(tools, mode, only, parallel).callable();
  }

  void parallel() {
    parallel = fields.flag("parallel_tool_calls");
  }

  void tools() {
    fields.expect(JsonKind.ARRAY, "tools", "an array");
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.OBJECT, "tools", "an array of objects");
      tool();
    }
  }

  private void tool() {
    String type = "function";
    Tool function = null;
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("type") && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else if (name.equals("function") && json.kind() == JsonKind.OBJECT) {
        function = function();
      } else {
        json.skip();
      }
    }
    if (!type.equals("function")) {
      throw Losses.refused("tools.type", "\"" + type + "\" is no function, and known to one API");
    }
    if (function == null) {
      throw FieldReader.invalid("tools.function: missing (expected: an object)", "tools.function");
    }
    tools.add(function);
  }

  void functions() {
    fields.expect(JsonKind.ARRAY, "functions", "an array");
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.OBJECT, "functions", "an array of objects");
      tools.add(function());
    }
    // An answer has a place for one call.
    parallel = parallel == null ? Boolean.FALSE : parallel;
  }

  private Tool function() {
    String name = "";
    JsonText description = null;
    JsonSlice schema = null;
    Boolean strict = null;
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("name") && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (field.equals("description") && json.kind() == JsonKind.STRING) {
        description = json.text();
      } else if (field.equals("parameters") && json.kind() == JsonKind.OBJECT) {
        schema = json.value();
      } else if (field.equals("strict") && json.kind() == JsonKind.BOOLEAN) {
        strict = json.booleanValue();
      } else {
        json.skip();
      }
    }
    if (name.isEmpty()) {
      throw FieldReader.invalid("tools.function.name: missing (expected: a name)", "tools");
    }
    return Tool.of(name, description, schema, strict);
  }

  void functionCall() {
    if (json.kind() == JsonKind.STRING) {
      mode("function_call", json.string());
      return;
    }
    fields.expect(JsonKind.OBJECT, "function_call", "none, auto or an object");
    named(name("function_call"));
  }

  void choice() {
    if (json.kind() == JsonKind.STRING) {
      mode("tool_choice", json.string());
      return;
    }
    fields.expect(JsonKind.OBJECT, "tool_choice", "none, auto, required or an object");
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "function" -> {
          fields.expect(JsonKind.OBJECT, "tool_choice.function", "an object");
          named(name("tool_choice.function"));
        }
        case "allowed_tools" -> {
          fields.expect(JsonKind.OBJECT, "tool_choice.allowed_tools", "an object");
          allowed();
        }
        case "custom" -> throw Losses.refused("tool_choice.custom", "no other API has such tools");
        default -> json.skip();
      }
    }
  }

  private void allowed() {
    allowed = new HashSet<>();
    json.enterObject();
    while (json.nextField()) {
      String field = json.name();
      if (field.equals("mode") && json.kind() == JsonKind.STRING) {
        mode("tool_choice.allowed_tools.mode", json.string());
      } else if (field.equals("tools") && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          fields.expect(JsonKind.OBJECT, "tool_choice.allowed_tools.tools", "an array of objects");
          allowed.add(functionName());
        }
      } else {
        json.skip();
      }
    }
  }

  private String functionName() {
    String name = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("function") && json.kind() == JsonKind.OBJECT) {
        name = name("tool_choice.allowed_tools.tools.function");
      } else {
        json.skip();
      }
    }
    return name;
  }

  private void named(String name) {
    mode = Mode.NAMED;
    only = name;
  }

  private void mode(String where, String name) {
    mode =
        switch (name) {
          case "auto" -> Mode.AUTO;
          case "none" -> Mode.NONE;
          case "required" -> Mode.REQUIRED;
          default ->
              throw FieldReader.invalid(
                  where + ": \"" + name + "\" (expected: none | auto | required)", where);
        };
  }

  /** The name in an object. */
  private String name(String where) {
    String name = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("name") && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else {
        json.skip();
      }
    }
    if (name.isEmpty()) {
      throw FieldReader.invalid(where + ".name: missing (expected: a name)", where + ".name");
    }
    return name;
  }
}
