package dev.infermux.mist.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes trees of plain Java values. */
final class JsonTree {

  private JsonTree() {}

  static void write(JsonBytes out, @Nullable Object value, int depth) {
    if (depth > StrictJson.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "value: deeper than " + depth + " (expected: at most " + StrictJson.MAX_DEPTH + ")");
    }
    if (value == null || value instanceof Boolean) {
      out.ascii(String.valueOf(value));
    } else if (value instanceof CharSequence text) {
      out.string(text.toString());
    } else if (value instanceof Number number) {
      out.ascii(NumberText.text(number));
    } else if (value instanceof RawJson raw) {
      out.bytes(raw.utf8());
    } else if (value instanceof Map<?, ?> map) {
      object(out, map, depth);
    } else if (value instanceof Iterable<?> items) {
      array(out, items, depth);
    } else {
      throw new IllegalArgumentException(
          "value: "
              + value.getClass().getName()
              + " (expected: String, Boolean, Number, RawJson, Iterable, Map or null)");
    }
  }

  private static void object(JsonBytes out, Map<?, ?> map, int depth) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.ascii(separator);
      out.string(String.valueOf(entry.getKey()));
      out.ascii(":");
      write(out, entry.getValue(), depth + 1);
      separator = ",";
    }
    out.ascii(map.isEmpty() ? "{}" : "}");
  }

  private static void array(JsonBytes out, Iterable<?> items, int depth) {
    String separator = "[";
    for (Object item : items) {
      out.ascii(separator);
      write(out, item, depth + 1);
      separator = ",";
    }
    out.ascii(separator.equals("[") ? "[]" : "]");
  }
}
