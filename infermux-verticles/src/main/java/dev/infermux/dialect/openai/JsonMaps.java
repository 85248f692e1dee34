package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as maps, lists, texts, numbers, booleans and nulls, where a program wants to see it. */
final class JsonMaps {

  /** Longer numbers are not converted. */
  private static final int LONGEST = 400;

  private JsonMaps() {}

  /** Consumes one value of any kind. */
  static @Nullable Object read(JsonCursor json) {
    return switch (json.kind()) {
      case OBJECT -> object(json);
      case ARRAY -> array(json);
      case STRING -> json.string();
      case BOOLEAN -> json.booleanValue();
      case NUMBER -> number(json.value().toString());
      case NULL -> {
        json.skip();
        yield null;
      }
    };
  }

  private static Map<String, @Nullable Object> object(JsonCursor json) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      fields.put(name, read(json));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonCursor json) {
    List<@Nullable Object> elements = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      elements.add(read(json));
    }
    return elements;
  }

  private static Number number(String text) {
    if (text.length() > LONGEST) {
      return new SpeltNumber(text);
    }
    if (text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      return text.length() < 19 ? (Number) Long.valueOf(text) : new BigInteger(text);
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? (Number) value : new SpeltNumber(text);
  }

  /** Writes the fields of an object that is open. */
  static void fields(JsonOutput out, Map<?, ?> fields) {
    fields.forEach(
        (name, value) -> {
          out.name(ascii(String.valueOf(name)));
          write(out, value);
        });
  }

  /** Writes one value. */
  static void write(JsonOutput out, @Nullable Object value) {
    if (value == null) {
      out.nothing();
    } else if (value instanceof Boolean flag) {
      out.bool(flag);
    } else if (value instanceof Number number) {
      out.raw(number.toString());
    } else if (value instanceof Map<?, ?> map) {
      out.object();
      fields(out, map);
      out.endObject();
    } else if (value instanceof Iterable<?> list) {
      out.array();
      list.forEach(element -> write(out, element));
      out.endArray();
    } else {
      out.string(value.toString());
    }
  }

  /** A name with all that is not plain ASCII escaped. */
  private static String ascii(String name) {
    if (name.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '"' && c != '\\')) {
      return name;
    }
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      escaped.append("\\u%04x".formatted((int) name.charAt(i)));
    }
    return escaped.toString();
  }
}
