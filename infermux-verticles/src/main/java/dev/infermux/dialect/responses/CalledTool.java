package dev.infermux.dialect.responses;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import java.util.HashMap;
import java.util.Map;

/**
 * A tool as its calls name it. Elsewhere there are no namespaces, so that both names become one.
 *
 * @param namespace empty = none
 * @param custom whether its input is a text
 */
record CalledTool(String namespace, String name, boolean custom) {

  /** Its one name elsewhere. */
  static String flat(String namespace, String name) {
    return namespace.isEmpty() ? name : namespace + "__" + name;
  }

  /** The tools of a list that have a name of their own, by their one name. */
  static Map<String, CalledTool> named(JsonSlice tools) {
    Map<String, CalledTool> named = new HashMap<>();
    collect(tools, "", named);
    return named;
  }

  private static void collect(JsonSlice tools, String namespace, Map<String, CalledTool> named) {
    JsonCursor json = tools.cursor();
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      ToolSpec tool = ToolSpec.read(json);
      JsonSlice nested = tool.tools();
      if (tool.type().equals("namespace") && nested != null && namespace.isEmpty()) {
        collect(nested, tool.name(), named);
      } else {
        boolean custom = tool.type().equals("custom");
        named.put(flat(namespace, tool.name()), new CalledTool(namespace, tool.name(), custom));
      }
    }
  }

  /** Writes the fields that name it. */
  void write(JsonOutput json) {
    json.field("name", name);
    if (!namespace.isEmpty()) {
      json.field("namespace", namespace);
    }
  }
}
