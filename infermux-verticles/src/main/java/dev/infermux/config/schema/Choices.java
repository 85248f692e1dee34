package dev.infermux.config.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Kinds of which all values are known. */
public final class Choices {
  private Choices() {}

  /** The constants of an enum under their names in the file. */
  public static <E extends Enum<E>> Kind<E> of(List<E> constants, Function<E, String> wireName) {
    Map<String, E> byName = new LinkedHashMap<>();
    constants.forEach(constant -> byName.put(wireName.apply(constant), constant));
    String names = String.join(" | ", byName.keySet());
    return Kind.of(
        names,
        names,
        text -> Optional.ofNullable(byName.get(text)),
        wireName::apply,
        new JsonObject()
            .put("type", "string")
            .put("enum", new JsonArray(List.copyOf(byName.keySet()))));
  }

  /** The same where {@code true} and {@code false} are among the names, and no text in the file. */
  public static <E extends Enum<E>> Kind<E> orFlag(
      List<E> constants, Function<E, String> wireName) {
    Kind<E> named = of(constants, wireName);
    JsonArray values = new JsonArray();
    for (E constant : constants) {
      String name = wireName.apply(constant);
      boolean flag = name.equals("true") || name.equals("false");
      values.add(flag ? (Object) Boolean.valueOf(name) : name);
    }
    return Kind.of(
        named.label(),
        named.expected(),
        named.reader(),
        named.writer(),
        new JsonObject().put("enum", values));
  }
}
