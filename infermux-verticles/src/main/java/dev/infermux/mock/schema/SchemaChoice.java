package dev.infermux.mock.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one plain schema of one that refers to others, joins some or leaves a choice. */
final class SchemaChoice {

  private static final int MOST_STEPS = 32;

  private final JsonObject root;

  SchemaChoice(JsonObject root) {
    this.root = root;
  }

  /**
   * The schema without references and choices.
   *
   * @param end whether an end is wanted: null where it may be null
   */
  JsonObject of(JsonObject schema, boolean end) {
    JsonObject plain = schema;
    for (int i = 0; i < MOST_STEPS; i++) {
      if (plain.getValue("$ref") instanceof String reference) {
        plain = merged(plain, target(reference));
      } else if (plain.getValue("allOf") instanceof JsonArray all) {
        JsonObject joined = without(plain, "allOf");
        for (int k = 0; k < all.size() && k < MOST_STEPS; k++) {
          joined = merged(joined, referred(object(all.getValue(k))));
        }
        plain = joined;
      } else if (plain.getValue("anyOf") instanceof JsonArray any) {
        plain = merged(without(plain, "anyOf"), pick(any, end));
      } else if (plain.getValue("oneOf") instanceof JsonArray one) {
        plain = merged(without(plain, "oneOf"), pick(one, end));
      } else {
        return plain;
      }
    }
    return plain;
  }

  /** The type of a plain schema, told by its fields where it is not said. */
  String type(JsonObject plain, boolean end) {
    Object type = plain.getValue("type");
    if (type instanceof JsonArray several) {
      if (end && several.contains("null")) {
        return "null";
      }
      for (Object one : several) {
        if (one instanceof String name && !name.equals("null")) {
          return name;
        }
      }
      return "null";
    }
    if (type instanceof String name) {
      return name;
    }
    if (plain.containsKey("properties") || plain.containsKey("required")) {
      return "object";
    }
    return plain.containsKey("items") || plain.containsKey("prefixItems") ? "array" : "string";
  }

  private JsonObject pick(JsonArray choices, boolean end) {
    JsonObject first = null;
    for (int i = 0; i < choices.size(); i++) {
      JsonObject one = object(choices.getValue(i));
      boolean nothing = "null".equals(one.getValue("type"));
      if (nothing == end) {
        return one;
      }
      first = first == null ? one : first;
    }
    return first == null ? new JsonObject() : first;
  }

  private JsonObject referred(JsonObject schema) {
    JsonObject plain = schema;
    for (int i = 0; i < MOST_STEPS && plain.getValue("$ref") instanceof String reference; i++) {
      plain = merged(plain, target(reference));
    }
    return plain;
  }

  /** What a reference inside the document points to. */
  private JsonObject target(String reference) {
    if (!reference.startsWith("#")) {
      return new JsonObject();
    }
    Object at = root;
    for (String step : reference.substring(1).split("/", -1)) {
      if (!step.isEmpty()) {
        String name = step.replace("~1", "/").replace("~0", "~");
        at = at instanceof JsonObject object ? object.getValue(name) : null;
      }
    }
    return object(at);
  }

  /** Both at once; where they differ the second one counts. */
  private static JsonObject merged(JsonObject one, JsonObject other) {
    // A reference has been followed; the one it leads to may be a reference again.
    JsonObject both = without(one, "$ref").mergeIn(other);
    if (one.getValue("properties") instanceof JsonObject first
        && other.getValue("properties") instanceof JsonObject second) {
      both.put("properties", without(first, "").mergeIn(second));
    }
    if (one.getValue("required") instanceof JsonArray first
        && other.getValue("required") instanceof JsonArray second) {
      both.put("required", first.copy().addAll(second));
    }
    return both;
  }

  /** A copy whose values are shared. */
  private static JsonObject without(JsonObject schema, String field) {
    Map<String, Object> rest = new LinkedHashMap<>(schema.getMap());
    rest.remove(field);
    return new JsonObject(rest);
  }

  private static JsonObject object(@Nullable Object value) {
    return value instanceof JsonObject object ? object : new JsonObject();
  }
}
