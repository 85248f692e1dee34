package dev.infermux.config.schema;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What a value is made of. */
public sealed interface Shape {

  /** A single value. */
  record One(Kind<?> kind) implements Shape {}

  /** A list of values of the same shape. */
  record ListOf(Shape item) implements Shape {}

  /**
   * A mapping of which the user chooses the keys.
   *
   * @param key what the table of keys calls them
   */
  record MapOf(String key, Shape value) implements Shape {}

  /** A mapping of which the keys are known. */
  record Block(List<Entry> entries) implements Shape {
    public Block {
      entries = List.copyOf(entries);
    }

    public static Block of(Entry... entries) {
      return new Block(List.of(entries));
    }

    public List<String> names() {
      return entries.stream().map(Entry::name).toList();
    }
  }

  /** Whatever stands there. */
  record Free() implements Shape {}

  /** One of two shapes, the first being the one to recommend. */
  record Either(Shape first, Shape second) implements Shape {}

  /** A key of a block. */
  sealed interface Entry permits Key, Part {
    String name();

    Shape shape();

    boolean required();

    /** One sentence for the docs and the editor. */
    String meaning();

    /** As the file would have it; empty when there is none. */
    Optional<Object> defaultValue();
  }

  /** The JSON Schema of a shape. */
  default JsonObject schema() {
    return SchemaWriter.schemaOf(this);
  }
}
