package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads tools. Functions are the caller's own and go anywhere, and so do tools whose input is a
 * text, as functions of one argument; those of a namespace bear its name. What OpenAI runs itself
 * is left out, or refused where the choice is for it.
 */
final class ResponsesToolsReader {

  /** The one argument of a tool whose input is a text. */
  static final String INPUT = "input";

  private static final JsonSlice TEXT_INPUT =
      JsonSlice.of(
          "{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\"}},"
              + "\"required\":[\"input\"],\"additionalProperties\":false}");

  private final Losses losses;
  private final List<Tool> functions = new ArrayList<>();
  private @Nullable Set<String> allowed;
  private Mode mode = Mode.AUTO;
  private String only = "";
  private @Nullable Boolean parallel;

  ResponsesToolsReader(Losses losses) {
    this.losses = losses;
  }

  void parallel(boolean welcome) {
    parallel = welcome;
  }

  /** Consumes {@code tools}. */
  void tools(JsonCursor json) {
    tools(json, "");
  }

  private void tools(JsonCursor json, String namespace) {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        tool(ToolSpec.read(json), namespace);
      } else {
        json.skip();
      }
    }
  }

  private void tool(ToolSpec tool, String namespace) {
    String name = CalledTool.flat(namespace, tool.name());
    JsonSlice nested = tool.tools();
    boolean named = !tool.name().isEmpty();
    if (tool.type().equals("function") && named) {
      functions.add(Tool.of(name, tool.description(), tool.schema(), tool.strict()));
    } else if (tool.type().equals("custom") && named) {
      functions.add(new Tool(name, tool.description(), TEXT_INPUT, null));
      if (tool.grammar()) {
        losses.drop("tools.custom.format");
      }
    } else if (tool.type().equals("namespace") && nested != null && namespace.isEmpty()) {
      tools(nested.cursor(), tool.name());
    } else {
      losses.drop("tools." + (tool.type().isEmpty() ? "?" : tool.type()));
    }
  }

  /** Consumes {@code tool_choice}. */
  void choice(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      mode = mode(json.string());
    } else if (json.kind() == JsonKind.OBJECT) {
      chosen(json);
    } else {
      json.skip();
    }
  }

  private void chosen(JsonCursor json) {
    String type = "";
    String name = "";
    String among = "auto";
    Set<String> names = new LinkedHashSet<>();
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = ResponseObject.text(json);
        case "name" -> name = ResponseObject.text(json);
        case "mode" -> among = ResponseObject.text(json);
        case "tools" -> names(json, names);
        default -> json.skip();
      }
    }
    if (type.equals("function") || type.equals("custom")) {
      mode = Mode.NAMED;
      only = name;
    } else if (type.equals("allowed_tools")) {
      mode = mode(among);
      allowed = names;
    } else {
      throw Losses.refused("tool_choice", "\"" + type + "\" runs at OpenAI alone");
    }
  }

  private static void names(JsonCursor json, Set<String> names) {
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        names.add(ResponseObject.field(json, "name"));
      } else {
        json.skip();
      }
    }
  }

  private static Mode mode(String name) {
    return switch (name) {
      case "none" -> Mode.NONE;
      case "required" -> Mode.REQUIRED;
      default -> Mode.AUTO;
    };
  }

  ToolUse use() {
    Set<String> names = allowed;
    List<Tool> offered =
        names == null
            ? functions
            : functions.stream().filter(tool -> names.contains(tool.name())).toList();
    return new ToolUse(offered, mode, only, parallel).callable();
  }
}
