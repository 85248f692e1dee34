package dev.infermux.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies what JSON can express into values that nobody can change, and refuses all else. */
final class JsonCopies {

  private JsonCopies() {}

  /**
   * A copy of an object, in its order.
   *
   * @throws IllegalArgumentException naming the place of a value that is no JSON
   */
  static Map<String, @Nullable Object> object(String where, Map<?, ?> map) {
    if (map.isEmpty()) {
      return Map.of();
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put(name(where, name), value(where + "." + name, value)));
    return Collections.unmodifiableMap(copy);
  }

  /** The same with one field more, or another value of it. */
  static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> map, String name, @Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }

  private static String name(String where, @Nullable Object name) {
    if (name instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(where + ": a name that is no text (expected: a string)");
  }

  private static @Nullable Object value(String where, @Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    } else if (value instanceof Number number) {
      return finite(where, number);
    } else if (value instanceof Map<?, ?> map) {
      return object(where, map);
    } else if (value instanceof JsonObject object) {
      return object(where, object.getMap());
    } else if (value instanceof JsonArray array) {
      return list(where, array.getList());
    } else if (value instanceof Iterable<?> list) {
      return list(where, list);
    }
    throw new IllegalArgumentException(
        where + ": a " + value.getClass().getName() + " (expected: a JSON value)");
  }

  private static Number finite(String where, Number number) {
    boolean binary = number instanceof Double || number instanceof Float;
    if (binary && !Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException(where + ": " + number + " (expected: a finite number)");
    }
    return number;
  }

  private static List<@Nullable Object> list(String where, Iterable<?> list) {
    List<@Nullable Object> copy = new ArrayList<>();
    for (Object value : list) {
      copy.add(value(where + "[" + copy.size() + "]", value));
    }
    return Collections.unmodifiableList(copy);
  }
}
