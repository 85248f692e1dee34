package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into JSON that a scan has found to be sound: what is not there, or is of another kind, is
 * nothing.
 */
final class FieldLookup {

  private FieldLookup() {}

  /** The value of a field; the last one where there are several. */
  static @Nullable JsonSlice field(@Nullable JsonSlice object, String name) {
    if (object == null || object.kind() != JsonKind.OBJECT) {
      return null;
    }
    JsonCursor json = object.cursor();
    byte[] wanted = name.getBytes(US_ASCII);
    JsonSlice found = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(wanted)) {
        found = json.value();
      } else {
        json.skip();
      }
    }
    return found;
  }

  /** The names of an object's fields. */
  static List<String> names(JsonSlice object) {
    List<String> names = new ArrayList<>();
    JsonCursor json = object.cursor();
    json.enterObject();
    while (json.nextField()) {
      names.add(json.name());
      json.skip();
    }
    return names;
  }

  /** The elements of an array. */
  static List<JsonSlice> elements(@Nullable JsonSlice array) {
    List<JsonSlice> elements = new ArrayList<>();
    if (array != null && array.kind() == JsonKind.ARRAY) {
      JsonCursor json = array.cursor();
      json.enterArray();
      while (json.nextElement()) {
        elements.add(json.value());
      }
    }
    return elements;
  }

  static @Nullable Boolean flag(@Nullable JsonSlice value) {
    if (value == null || value.kind() != JsonKind.BOOLEAN) {
      return null;
    }
    return value.cursor().booleanValue();
  }

  static boolean isTrue(@Nullable JsonSlice value) {
    return Boolean.TRUE.equals(flag(value));
  }

  /** Whether a field is there and not null. */
  static boolean has(JsonSlice object, String name) {
    JsonSlice value = field(object, name);
    return value != null && value.kind() != JsonKind.NULL;
  }

  static String text(@Nullable JsonSlice value) {
    return value != null && value.kind() == JsonKind.STRING ? value.text().decoded() : "";
  }

  static String text(@Nullable JsonSlice object, String name) {
    return text(field(object, name));
  }

  /** The text of a content: a string, or the texts of its parts. */
  static String said(@Nullable JsonSlice content) {
    StringBuilder said = new StringBuilder(text(content));
    elements(content).forEach(part -> said.append(text(part, "text")));
    return said.toString();
  }

  /** A whole number; 0 = there is none. */
  static long number(@Nullable JsonSlice object, String name) {
    JsonSlice value = field(object, name);
    if (value == null || value.kind() != JsonKind.NUMBER) {
      return 0;
    }
    try {
      return value.cursor().longValue();
    } catch (JsonSyntaxException fraction) {
      return 0;
    }
  }

  static boolean isObject(@Nullable JsonSlice value) {
    return value != null && value.kind() == JsonKind.OBJECT;
  }
}
