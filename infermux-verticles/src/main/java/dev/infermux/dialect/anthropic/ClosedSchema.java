package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.Set;

/**
 * A JSON Schema as Anthropic holds answers to it: its objects say that they have no further
 * properties, and the bounds that it refuses are left out and told.
 */
final class ClosedSchema {

  private static final Set<String> MAPS =
      Set.of("properties", "$defs", "definitions", "patternProperties");
  private static final Set<String> SCHEMAS =
      Set.of("items", "prefixItems", "anyOf", "allOf", "oneOf", "not");

  private static final Set<String> BOUNDS =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems");

  private final JsonCursor json;
  private final JsonOutput out;
  private final String place;
  private final Losses losses;

  private ClosedSchema(JsonSlice schema, String place, Losses losses) {
    this.place = place;
    this.losses = losses;
    this.json = schema.cursor();
    this.out = new JsonOutput(schema.length() + 256);
  }

  /**
   * Writes it anew.
   *
   * @param place where it is, for what is told
   */
  static JsonSlice of(JsonSlice schema, String place, Losses losses) {
    ClosedSchema closed = new ClosedSchema(schema, place, losses);
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
      if (BOUNDS.contains(name)) {
        bound(name);
        continue;
      }
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

  /** An array may have to have something in it; all other bounds are refused. */
  private void bound(String name) {
    JsonSlice value = json.value();
    boolean taken = name.equals("minItems") && Set.of("0", "1").contains(value.toString());
    if (taken) {
      out.field(name, value);
    } else {
      losses.drop(place + "." + name);
    }
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
