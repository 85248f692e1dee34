package dev.infermux.mist.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each decoded when it is asked for.
 *
 * <p>An absent or null field reads as the empty value of its type; a value of the wrong type is a
 * {@link JsonProblem} naming the field; unknown fields are ignored; a name given twice is refused.
 */
public final class JsonFields {

  private final Map<String, Slice> fields;
  private final String path;

  private JsonFields(Map<String, Slice> fields, String path) {
    this.fields = fields;
    this.path = path;
  }

  /** Reads an object; {@code where} begins the path of every problem, empty for none. */
  public static JsonFields parse(byte[] json, String where) {
    return parse(json, 0, json.length, where);
  }

  /** Reads an object that is a part of the array, which must not change afterwards. */
  public static JsonFields parse(byte[] json, int offset, int length, String where) {
    Slice slice = new Slice(json, offset, offset + length);
    String named = where.isEmpty() ? "message" : where;
    Utf8.check(slice, named);
    return of(slice, named, where);
  }

  private static JsonFields of(Slice slice, String named, String path) {
    return new JsonFields(StrictJson.read(slice, named, p -> scan(p, slice, named)), path);
  }

  private static Map<String, Slice> scan(JsonParser parser, Slice slice, String where)
      throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      String found = parser.currentToken() == null ? "nothing" : sliceOf(parser, slice).kind();
      throw new JsonProblem(where, found, "an object");
    }
    Map<String, Slice> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (fields.put(name, sliceOf(parser, slice)) != null) {
        throw duplicate(where, name);
      }
    }
    return fields;
  }

  private static Slice sliceOf(JsonParser parser, Slice slice) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new Slice(slice.source(), slice.from() + from, slice.from() + to);
  }

  static JsonProblem duplicate(String where, String name) {
    return new JsonProblem(where, JsonProblem.shown(name) + " twice", "each field once");
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return slice(name) != null;
  }

  /** Whether the field is there, null or not. */
  public boolean present(String name) {
    return fields.containsKey(name);
  }

  public String text(String name) {
    Slice slice = slice(name);
    return slice == null ? "" : Scalars.text(slice, path(name));
  }

  public long integer(String name) {
    return integer(name, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public long integer(String name, long min, long max) {
    Slice slice = slice(name);
    return slice == null ? 0 : Scalars.integer(slice, path(name), min, max);
  }

  public double number(String name) {
    Slice slice = slice(name);
    return slice == null ? 0 : Scalars.number(slice, path(name));
  }

  public boolean flag(String name) {
    Slice slice = slice(name);
    return slice != null && Scalars.flag(slice, path(name));
  }

  /** The value as the bytes it was written in; {@code null} as such when the field is absent. */
  public RawJson raw(String name) {
    Slice slice = fields.get(name);
    return slice == null ? RawJson.of("null") : new RawJson(slice.copy());
  }

  /**
   * The object with exact values: {@code String}, {@code Boolean}, {@code Long}, {@code
   * BigInteger}, {@link JsonDecimal}, {@code List}, {@code Map} or null.
   */
  public Map<String, @Nullable Object> map(String name) {
    Slice slice = slice(name);
    if (slice == null) {
      return Map.of();
    }
    String where = path(name);
    Scalars.require(slice, '{', where, "an object");
    return StrictJson.read(
        slice,
        where,
        parser -> {
          parser.nextToken();
          return JsonValues.object(parser, where);
        });
  }

  public Map<String, String> textMap(String name) {
    Slice slice = slice(name);
    if (slice == null) {
      return Map.of();
    }
    JsonFields entries = of(slice, path(name), path(name));
    Map<String, String> texts = new LinkedHashMap<>();
    entries.fields.keySet().forEach(key -> texts.put(key, entries.text(key)));
    return texts;
  }

  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Slice item : items(name)) {
      texts.add(Scalars.text(item, path(name) + "[" + texts.size() + "]"));
    }
    return texts;
  }

  public List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (Slice item : items(name)) {
      String where = path(name) + "[" + objects.size() + "]";
      objects.add(of(item, where, where));
    }
    return objects;
  }

  private List<Slice> items(String name) {
    Slice slice = slice(name);
    if (slice == null) {
      return List.of();
    }
    Scalars.require(slice, '[', path(name), "an array");
    return StrictJson.read(
        slice,
        path(name),
        parser -> {
          List<Slice> items = new ArrayList<>();
          parser.nextToken();
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(sliceOf(parser, slice));
          }
          return items;
        });
  }

  /** Full path of a field, for messages about it. */
  public String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private @Nullable Slice slice(String name) {
    Slice slice = fields.get(name);
    return slice == null || slice.isNull() ? null : slice;
  }
}
