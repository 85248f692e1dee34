package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Reads a chat's tools. */
final class OllamaToolReader {

  private static final byte[] FUNCTION = "function".getBytes(US_ASCII);
  private static final byte[] NAME = "name".getBytes(US_ASCII);
  private static final byte[] DESCRIPTION = "description".getBytes(US_ASCII);
  private static final byte[] PARAMETERS = "parameters".getBytes(US_ASCII);

  private OllamaToolReader() {}

  /** Consumes {@code tools}. */
  static List<Tool> list(JsonCursor json) {
    List<Tool> tools = new ArrayList<>();
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return tools;
    }
    json.enterArray();
    while (json.nextElement()) {
      String where = "tools[" + tools.size() + "]";
      if (json.kind() != JsonKind.OBJECT) {
        throw Losses.refused(where, "not an object");
      }
      Tool tool = null;
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(FUNCTION) && json.kind() == JsonKind.OBJECT) {
          tool = function(json);
        } else {
          json.skip();
        }
      }
      if (tool == null || tool.name().isEmpty()) {
        throw Losses.refused(where, "not a function with a name");
      }
      tools.add(tool);
    }
    return tools;
  }

  private static Tool function(JsonCursor json) {
    String name = "";
    JsonText description = null;
    JsonSlice schema = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(NAME) && json.kind() == JsonKind.STRING) {
        name = json.string();
      } else if (json.nameIs(DESCRIPTION) && json.kind() == JsonKind.STRING) {
        description = json.text();
      } else if (json.nameIs(PARAMETERS) && json.kind() == JsonKind.OBJECT) {
        schema = json.value();
      } else {
        json.skip();
      }
    }
    return Tool.of(name, description, schema, null);
  }
}
