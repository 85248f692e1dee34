package dev.infermux.dialect.chat;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of a tool's arguments as every API takes it. Each lets something out that another
 * demands: OpenAI refuses objects without properties, Anthropic schemas without a type.
 */
final class ArgumentsSchema {

  private static final JsonSlice NOTHING = JsonSlice.of("{\"type\":\"object\",\"properties\":{}}");

  private ArgumentsSchema() {}

  /** The same where nothing is missing; one for no arguments where there is none. */
  static JsonSlice whole(@Nullable JsonSlice schema) {
    if (schema == null) {
      return NOTHING;
    }
    boolean type = false;
    boolean properties = false;
    JsonCursor json = schema.cursor();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      type |= name.equals("type") && json.kind() == JsonKind.STRING;
      properties |= name.equals("properties") && json.kind() == JsonKind.OBJECT;
      json.skip();
    }
    return type && properties ? schema : completed(schema, type, properties);
  }

  private static JsonSlice completed(JsonSlice schema, boolean type, boolean properties) {
    JsonOutput out = new JsonOutput(schema.length() + 64).object();
    if (!type) {
      out.field("type", "object");
    }
    JsonCursor json = schema.cursor();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      JsonSlice value = json.value();
      boolean replaced =
          (name.equals("type") && !type) || (name.equals("properties") && !properties);
      if (!replaced) {
        out.name(JsonText.of(name)).value(value);
      }
    }
    if (!properties) {
      out.name("properties").object().endObject();
    }
    return out.endObject().slice();
  }
}
