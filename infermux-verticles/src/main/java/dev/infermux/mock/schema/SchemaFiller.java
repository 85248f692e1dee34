package dev.infermux.mock.schema;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills a JSON Schema with the least that is valid: what is required, one element in each array,
 * the first choice where there are several. Schemas that refer to themselves end where they may;
 * what cannot be satisfied by a few values, such as most patterns, is filled as well as may be.
 */
public final class SchemaFiller {

  /** Beyond this depth arrays stay empty and whatever may be null is null. */
  private static final int DEEP = 6;

  private static final int DEEPEST = 60;
  private static final int MOST_VALUES = 5_000;
  private static final JsonObject ANYTHING = new JsonObject();

  private final SchemaChoice choice;
  private int left = MOST_VALUES;

  private SchemaFiller(JsonObject root) {
    this.choice = new SchemaChoice(root);
  }

  /** JSON that fits; a schema that is none is fitted by an empty object. */
  public static String fill(String schema) {
    JsonObject root;
    try {
      root = new JsonObject(schema);
    } catch (DecodeException e) {
      return "{}";
    }
    Object value = new SchemaFiller(root).value(root, 0);
    // An array with one element writes any value.
    String array = new JsonArray().add(value).encode();
    return array.substring(1, array.length() - 1);
  }

  /** The same where only an object will do, as for the arguments of a tool. */
  public static String fillObject(String schema) {
    String filled = fill(schema);
    return filled.startsWith("{") ? filled : "{}";
  }

  private @Nullable Object value(@Nullable Object schema, int depth) {
    if (--left < 0 || depth > DEEPEST) {
      return null;
    }
    JsonObject plain =
        choice.of(schema instanceof JsonObject object ? object : ANYTHING, depth > DEEP);
    if (plain.containsKey("const")) {
      return plain.getValue("const");
    }
    for (String given : new String[] {"enum", "examples"}) {
      if (plain.getValue(given) instanceof JsonArray values && !values.isEmpty()) {
        return values.getValue(0);
      }
    }
    if (plain.containsKey("default")) {
      return plain.getValue("default");
    }
    return switch (choice.type(plain, depth > DEEP)) {
      case "object" -> object(plain, depth);
      case "array" -> array(plain, depth);
      case "integer" -> SchemaScalars.number(plain, true);
      case "number" -> SchemaScalars.number(plain, false);
      case "boolean" -> true;
      case "null" -> null;
      default -> SchemaScalars.string(plain);
    };
  }

  private JsonObject object(JsonObject schema, int depth) {
    JsonObject properties = schema.getValue("properties") instanceof JsonObject o ? o : ANYTHING;
    Set<String> names = new LinkedHashSet<>();
    if (schema.getValue("required") instanceof JsonArray required) {
      required.forEach(name -> names.add(String.valueOf(name)));
    }
    for (String name : properties.fieldNames()) {
      if (names.size() < SchemaScalars.count(schema, "minProperties", 0)) {
        names.add(name);
      }
    }
    JsonObject filled = new JsonObject();
    names.forEach(name -> filled.put(name, value(properties.getValue(name), depth + 1)));
    return filled;
  }

  private JsonArray array(JsonObject schema, int depth) {
    JsonArray filled = new JsonArray();
    if (schema.getValue("prefixItems") instanceof JsonArray first) {
      first.forEach(item -> filled.add(value(item, depth + 1)));
    }
    int usual = depth > DEEP ? 0 : 1;
    int least = Math.max(usual, SchemaScalars.count(schema, "minItems", 0));
    int most = SchemaScalars.count(schema, "maxItems", MOST_VALUES);
    Object items = schema.getValue("items");
    while (filled.size() < Math.min(least, most) && left > 0 && !Boolean.FALSE.equals(items)) {
      filled.add(value(items, depth + 1));
    }
    return filled;
  }
}
