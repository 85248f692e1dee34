package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether OpenAI holds answers strictly to a JSON Schema. It refuses the request where an object
 * may have further properties or may lack one, and where it does not know a word, which other APIs
 * hold answers to all the same.
 */
public final class StrictSchema {

  private static final Set<String> MAPS = Set.of("properties", "$defs", "definitions");
  private static final Set<String> SCHEMAS = Set.of("items", "anyOf");
  private static final Set<String> UNKNOWN =
      Set.of(
          "allOf",
          "oneOf",
          "not",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas",
          "patternProperties",
          "propertyNames",
          "prefixItems",
          "contains",
          "uniqueItems",
          "default");
  private static final Set<String> FORMATS =
      Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

  private StrictSchema() {}

  /**
   * Whether to ask for it; where that would be refused, it is left out.
   *
   * @param place where it is asked for, for what is told
   */
  public static boolean asked(boolean strict, JsonSlice schema, String place, Losses losses) {
    boolean fits = !strict || object(schema.cursor());
    if (!fits) {
      losses.drop(place + ".strict");
    }
    return strict && fits;
  }

  private static boolean schema(JsonCursor json) {
    if (json.kind() == JsonKind.OBJECT) {
      return object(json);
    }
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return true;
    }
    boolean fits = true;
    json.enterArray();
    while (json.nextElement()) {
      fits &= schema(json);
    }
    return fits;
  }

  /** Reads all of it, whatever is found. */
  private static boolean object(JsonCursor json) {
    boolean fits = true;
    boolean object = false;
    boolean closed = false;
    Set<String> properties = new HashSet<>();
    Set<String> required = new HashSet<>();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (MAPS.contains(name) && json.kind() == JsonKind.OBJECT) {
        fits &= map(json, name.equals("properties") ? properties : new HashSet<>());
      } else if (SCHEMAS.contains(name)) {
        fits &= schema(json);
      } else {
        JsonSlice value = json.value();
        fits &= !UNKNOWN.contains(name);
        fits &= !name.equals("format") || FORMATS.contains(value.text().decoded());
        object |= name.equals("type") && value.toString().contains("\"object\"");
        closed |= name.equals("additionalProperties") && value.toString().equals("false");
        if (name.equals("required") && value.kind() == JsonKind.ARRAY) {
          names(value.cursor(), required);
        }
      }
    }
    boolean whole = closed && required.containsAll(properties);
    return fits && (whole || (!object && properties.isEmpty()));
  }

  private static boolean map(JsonCursor json, Set<String> names) {
    boolean fits = true;
    json.enterObject();
    while (json.nextField()) {
      names.add(json.name());
      fits &= schema(json);
    }
    return fits;
  }

  private static void names(JsonCursor json, Set<String> names) {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.STRING) {
        names.add(json.string());
      } else {
        json.skip();
      }
    }
  }
}
