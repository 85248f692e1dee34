package dev.infermux.dialect.anthropic;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.Set;

/** A JSON Schema whose objects say that they have no further properties, which Anthropic wants. */
final class ClosedSchema {

  private static final Set<String> MAPS =
      Set.of("properties", "$defs", "definitions", "patternProperties");
  private static final Set<String> SCHEMAS =
      Set.of("items", "prefixItems", "anyOf", "allOf", "oneOf", "not");

  private final JsonCursor json;
  private final JsonOutput out;

  private ClosedSchema(JsonSlice schema) {
    this.json = schema.cursor();
    this.out = new JsonOutput(schema.length() + 256);
  }

  static JsonSlice of(JsonSlice schema) {
    ClosedSchema closed = new ClosedSchema(schema);
    closed.schema();
    return closed.out.slice();
  }

  private void schema() {
    if (json.kind() == JsonKind.ARRAY) {
      out.array();
      json.enterArray();
      while (json.nextElement()) {
        schema();
      }
      out.endArray();
    } else if (json.kind() == JsonKind.OBJECT) {
      object();
    } else {
      out.value(json.value());
    }
  }

  private void object() {
    boolean properties = false;
    boolean said = false;
    out.object();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      properties |= name.equals("properties");
      said |= name.equals("additionalProperties");
      out.name(JsonText.of(name));
      if (MAPS.contains(name) && json.kind() == JsonKind.OBJECT) {
        map();
      } else if (SCHEMAS.contains(name)) {
        schema();
      } else if (name.equals("type") && json.kind() == JsonKind.STRING) {
        JsonSlice type = json.value();
        properties |= type.text().startsWith("object");
        out.value(type);
      } else {
        out.value(json.value());
      }
    }
    if (properties && !said) {
      out.field("additionalProperties", false);
    }
    out.endObject();
  }

  private void map() {
    out.object();
    json.enterObject();
    while (json.nextField()) {
      out.name(JsonText.of(json.name()));
      schema();
    }
    out.endObject();
  }
}
