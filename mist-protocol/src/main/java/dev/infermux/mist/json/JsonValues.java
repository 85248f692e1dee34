package dev.infermux.mist.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads values exactly: {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@link
 * JsonDecimal}, {@code List}, {@code Map} or null; the collections are unmodifiable and ordered.
 */
final class JsonValues {

  private JsonValues() {}

  /** Reads the value that begins at the parser's current token. The parser bounds the depth. */
  static @Nullable Object read(JsonParser parser, String where) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, where);
      case START_ARRAY -> array(parser, where);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT ->
          parser.getNumberValue() instanceof Integer small
              ? (Object) small.longValue()
              : parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> new JsonDecimal(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  static Map<String, @Nullable Object> object(JsonParser parser, String where) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (fields.containsKey(name)) {
        throw JsonFields.duplicate(where, name);
      }
      parser.nextToken();
      fields.put(name, read(parser, where));
    }
    return Collections.unmodifiableMap(fields);
  }

  private static List<@Nullable Object> array(JsonParser parser, String where) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(read(parser, where));
    }
    return Collections.unmodifiableList(items);
  }
}
