package dev.infermux.dialect.responses;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** The fields of a tool, whatever its type. */
final class ToolSpec {

  private String type = "";
  private String name = "";
  private @Nullable JsonText description;
  private @Nullable JsonSlice schema;
  private @Nullable JsonSlice tools;
  private @Nullable Boolean strict;
  private boolean grammar;

  private ToolSpec() {}

  /** Consumes a tool. */
  static ToolSpec read(JsonCursor json) {
    ToolSpec tool = new ToolSpec();
    json.enterObject();
    while (json.nextField()) {
      tool.field(json.name(), json);
    }
    return tool;
  }

  private void field(String field, JsonCursor json) {
    JsonKind kind = json.kind();
    switch (field) {
      case "type" -> type = ResponseObject.text(json);
      case "name" -> name = ResponseObject.text(json);
      case "description" -> description = InputParts.text(json);
      case "parameters" -> schema = of(kind, JsonKind.OBJECT, json.value());
      case "tools" -> tools = of(kind, JsonKind.ARRAY, json.value());
      case "strict" -> {
        JsonSlice value = json.value();
        strict = kind == JsonKind.BOOLEAN ? value.cursor().booleanValue() : null;
      }
      case "format" ->
          grammar =
              kind == JsonKind.OBJECT
                  ? ResponseObject.field(json, "type").equals("grammar")
                  : ResponseObject.text(json).equals("grammar");
      default -> json.skip();
    }
  }

  private static @Nullable JsonSlice of(JsonKind found, JsonKind wanted, JsonSlice value) {
    return found == wanted ? value : null;
  }

  String type() {
    return type;
  }

  String name() {
    return name;
  }

  @Nullable JsonText description() {
    return description;
  }

  @Nullable JsonSlice schema() {
    return schema;
  }

  /** What a namespace holds; null = nothing. */
  @Nullable JsonSlice tools() {
    return tools;
  }

  @Nullable Boolean strict() {
    return strict;
  }

  /** Whether its input must follow a grammar. */
  boolean grammar() {
    return grammar;
  }
}
