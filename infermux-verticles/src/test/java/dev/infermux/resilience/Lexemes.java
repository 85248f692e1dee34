package dev.infermux.resilience;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON values of a given size, of every kind, put in the place of every value of a document. */
final class Lexemes {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MARK = "the-place";

  /** Numbers that cost nothing to read, and seconds to write out. */
  static final Map<String, String> SHORT =
      Map.of(
          "large", "1e50000000",
          "small", "1e-50000000",
          "larger", "1e2147483647",
          "smaller", "1e-2147483648",
          "beyond", "1e99999999999");

  private Lexemes() {}

  /** By a name that tells them apart. */
  static Map<String, String> of(int size) {
    Map<String, String> lexemes = new LinkedHashMap<>();
    lexemes.put("digits", "1".repeat(size));
    lexemes.put("fraction", "0." + "1".repeat(size));
    lexemes.put("exponent", "1e" + "9".repeat(size));
    lexemes.put("text", '"' + "a".repeat(size) + '"');
    lexemes.put("digits as text", '"' + "1".repeat(size) + '"');
    lexemes.put("escapes", '"' + "\\u0041".repeat(size / 6) + '"');
    lexemes.put("nested", "[".repeat(size / 2) + "]".repeat(size / 2));
    lexemes.put("empty lists", '[' + "[],".repeat(size / 3) + "[]]");
    lexemes.put("fields", fields(size));
    lexemes.putAll(SHORT);
    return lexemes;
  }

  private static String fields(int size) {
    StringBuilder fields = new StringBuilder(size + 20).append('{');
    for (int i = 0; fields.length() < size; i++) {
      fields.append("\"k").append(i).append("\":0,");
    }
    return fields.append("\"z\":0}").toString();
  }

  /** The document once for each of its values, by path, with a mark in the value's place. */
  static Map<String, String> places(String document) throws Exception {
    Map<String, String> places = new LinkedHashMap<>();
    collect(MAPPER.readTree(document), MAPPER.readTree(document), "", places);
    return places;
  }

  /** The document once for each of its objects, by path, with a field more that a mark names. */
  static Map<String, String> names(String document) throws Exception {
    Map<String, String> names = new LinkedHashMap<>();
    JsonNode whole = MAPPER.readTree(document);
    named(whole, whole, "", names);
    return names;
  }

  private static void named(JsonNode whole, JsonNode at, String path, Map<String, String> names) {
    if (at instanceof ObjectNode object) {
      object.put(MARK, 1);
      names.put(path + "/?", whole.toString());
      object.remove(MARK);
      object
          .properties()
          .forEach(one -> named(whole, one.getValue(), path + '/' + one.getKey(), names));
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        named(whole, array.get(i), path + '/' + i, names);
      }
    }
  }

  /** The document with a lexeme where {@link #places} has left its mark. */
  static String with(String place, String lexeme) {
    return place.replace('"' + MARK + '"', lexeme);
  }

  private static void collect(
      JsonNode whole, JsonNode at, String path, Map<String, String> places) {
    if (at instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(name -> put(whole, path + '/' + name, places));
      object
          .properties()
          .forEach(field -> collect(whole, field.getValue(), path + '/' + field.getKey(), places));
    } else if (at instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        put(whole, path + '/' + i, places);
        collect(whole, array.get(i), path + '/' + i, places);
      }
    }
  }

  private static void put(JsonNode whole, String path, Map<String, String> places) {
    JsonNode copy = whole.deepCopy();
    int cut = path.lastIndexOf('/');
    JsonNode parent = copy.at(path.substring(0, cut));
    if (parent instanceof ObjectNode object) {
      object.put(path.substring(cut + 1), MARK);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(path.substring(cut + 1)), MARK);
    }
    places.put(path, copy.toString());
  }
}
