package dev.infermux.config.tree;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole configuration: maps, lists and leaves, its variables filled in. */
public final class Tree {
  private final Map<String, @Nullable Object> root;
  private final ProblemReport report;

  private Tree(Map<String, @Nullable Object> root, ProblemReport report) {
    this.root = root;
    this.report = report;
  }

  /** Keys are taken as they are: variables stand in values only. */
  public static Tree of(JsonObject json, Map<String, String> environment, ProblemReport report) {
    return new Tree(new Filling(environment, report).map("", json.getMap()), report);
  }

  /**
   * Sets a value from outside the file.
   *
   * @param path keys with dots between them
   * @param origin the flag or variable, for messages
   */
  public void set(String path, String value, String origin) {
    Map<String, @Nullable Object> map = root;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      if (map.get(keys[i]) == null) {
        map.put(keys[i], new LinkedHashMap<String, @Nullable Object>());
      }
      if (!(map.get(keys[i]) instanceof Map<?, ?>)) {
        return; // not a mapping: the reader says so
      }
      map = Node.mapping(map.get(keys[i]));
    }
    map.put(keys[keys.length - 1], new Leaf(value, value, origin, false));
  }

  public Node root() {
    return new Node("", root, report);
  }

  /** One pass over what the YAML reader made. */
  private record Filling(Map<String, String> environment, ProblemReport report) {

    Map<String, @Nullable Object> map(String path, Map<?, ?> source) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      source.forEach(
          (key, value) -> {
            String name = String.valueOf(key);
            map.put(name, any(path.isEmpty() ? name : path + "." + name, value));
          });
      return map;
    }

    private List<@Nullable Object> list(String path, List<?> source) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Object value : source) {
        list.add(any(path + "[" + list.size() + "]", value));
      }
      return list;
    }

    private @Nullable Object any(String path, @Nullable Object value) {
      if (value instanceof JsonObject json) {
        return map(path, json.getMap());
      } else if (value instanceof Map<?, ?> map) {
        return map(path, map);
      } else if (value instanceof JsonArray json) {
        return list(path, json.getList());
      } else if (value instanceof List<?> list) {
        return list(path, list);
      } else if (value instanceof Double || value instanceof Float) {
        return Leaf.plain(decimal((Number) value));
      }
      return value instanceof String text
          ? leaf(path, text)
          : value == null ? null : Leaf.plain(value.toString());
    }

    private Leaf leaf(String path, String source) {
      Substitution substitution = new Substitution(environment);
      String text = substitution.fill(source);
      substitution
          .unset()
          .forEach(name -> report.warn(path, "${" + name + "} is not set, so it counts as empty"));
      substitution
          .failures()
          .forEach(
              failure ->
                  report.problem(
                      path, failure, "${VAR}, ${VAR:-default} or ${VAR:?message} that is set"));
      return new Leaf(text, source, null, text.isEmpty() && !substitution.unset().isEmpty());
    }

    private static String decimal(Number number) {
      double value = number.doubleValue();
      return Double.isFinite(value)
          ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
          : number.toString();
    }
  }
}
