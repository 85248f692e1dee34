package dev.infermux.mist.json;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one compact JSON object, field by field, in the form Go's encoder gives it: {@code <},
 * {@code >}, {@code &} and the line separators are escaped, so a tool of the family may write the
 * value again and its checksum still holds. One thread at a time; done after {@link #end()}.
 */
public final class JsonWriter {

  private final JsonBytes out;
  private boolean empty = true;

  private JsonWriter(JsonBytes out) {
    this.out = out;
    out.ascii("{");
  }

  /** Begins an object. */
  public static JsonWriter object() {
    return new JsonWriter(new JsonBytes());
  }

  /** Closes the object and returns it. */
  public byte[] end() {
    out.ascii("}");
    return out.toBytes();
  }

  public JsonWriter text(String name, String value) {
    name(name).string(value);
    return this;
  }

  public JsonWriter textIfAny(String name, String value) {
    return value.isEmpty() ? this : text(name, value);
  }

  public JsonWriter integer(String name, long value) {
    name(name).ascii(Long.toString(value));
    return this;
  }

  /** Writes a double so that reading it gives the same double; infinities and NaN are refused. */
  public JsonWriter number(String name, double value) {
    name(name).ascii(NumberText.text(value));
    return this;
  }

  public JsonWriter flag(String name, boolean value) {
    name(name).ascii(Boolean.toString(value));
    return this;
  }

  /** Writes the bytes as they are; they must be one JSON value. */
  public JsonWriter raw(String name, byte[] json) {
    name(name).bytes(json);
    return this;
  }

  /**
   * Writes any value of {@code String}, {@code Boolean}, {@code Number}, {@link RawJson}, {@code
   * Iterable}, {@code Map} or null; anything else is refused with IllegalArgumentException.
   */
  public JsonWriter value(String name, @Nullable Object value) {
    JsonTree.write(name(name), value, 1);
    return this;
  }

  public JsonWriter mapIfAny(String name, Map<String, ?> map) {
    return map.isEmpty() ? this : value(name, map);
  }

  public JsonWriter textsIfAny(String name, List<String> texts) {
    return texts.isEmpty() ? this : value(name, texts);
  }

  /** Writes an array of objects, each filled by {@code fields}. */
  public <T> JsonWriter objects(String name, List<T> items, BiConsumer<JsonWriter, T> fields) {
    name(name).ascii("[");
    for (int i = 0; i < items.size(); i++) {
      out.ascii(i == 0 ? "" : ",");
      fields.accept(new JsonWriter(out), items.get(i));
      out.ascii("}");
    }
    out.ascii("]");
    return this;
  }

  private JsonBytes name(String name) {
    out.ascii(empty ? "" : ",");
    empty = false;
    out.string(name);
    out.ascii(":");
    return out;
  }
}
