package dev.infermux.config.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes the table of keys as JSON Schema (draft 2020-12), for editors. */
public final class SchemaWriter {
  private static final String VARIABLE = "#/$defs/variable";

  private SchemaWriter() {}

  /** The whole document for the file whose top level is this block. */
  public static JsonObject document(String title, Shape.Block root) {
    JsonObject variable =
        new JsonObject()
            .put("description", "Text with ${VAR}, checked after substitution.")
            .put("type", "string")
            .put("pattern", "\\$");
    JsonObject document =
        new JsonObject()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("title", title)
            .put("$defs", new JsonObject().put("variable", variable));
    return document.mergeIn(schemaOf(root));
  }

  static JsonObject schemaOf(Shape shape) {
    if (shape instanceof Shape.One one) {
      return orVariable(one.kind().schema());
    }
    if (shape instanceof Shape.ListOf list) {
      return new JsonObject().put("type", "array").put("items", schemaOf(list.item()));
    }
    if (shape instanceof Shape.MapOf map) {
      return new JsonObject()
          .put("type", "object")
          .put("additionalProperties", schemaOf(map.value()));
    }
    if (shape instanceof Shape.Free) {
      return new JsonObject().put("type", "object").put("additionalProperties", true);
    }
    if (shape instanceof Shape.Either either) {
      return anyOf(schemaOf(either.first()), schemaOf(either.second()));
    }
    return blockSchema((Shape.Block) shape);
  }

  private static JsonObject blockSchema(Shape.Block block) {
    JsonObject properties = new JsonObject();
    JsonArray required = new JsonArray();
    for (Shape.Entry entry : block.entries()) {
      properties.put(entry.name(), entrySchema(entry));
      if (entry.required()) {
        required.add(entry.name());
      }
    }
    JsonObject schema = new JsonObject().put("type", "object").put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private static JsonObject entrySchema(Shape.Entry entry) {
    JsonObject schema = new JsonObject().put("description", entry.meaning());
    entry.defaultValue().ifPresent(value -> schema.put("default", value));
    return schema.mergeIn(schemaOf(entry.shape()));
  }

  /** Plain text takes variables by itself; everything else needs the way out. */
  private static JsonObject orVariable(JsonObject schema) {
    boolean anyText =
        "string".equals(schema.getString("type"))
            && !schema.containsKey("enum")
            && !schema.containsKey("pattern");
    return anyText ? schema.copy() : anyOf(schema.copy(), new JsonObject().put("$ref", VARIABLE));
  }

  private static JsonObject anyOf(JsonObject first, JsonObject second) {
    return new JsonObject().put("anyOf", new JsonArray().add(first).add(second));
  }
}
