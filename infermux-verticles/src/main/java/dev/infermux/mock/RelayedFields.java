package dev.infermux.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of a request that is relayed: of JSON, or of a form with files. */
final class RelayedFields {

  /** A field of a form that is short and no file. */
  private static final Pattern FIELD =
      Pattern.compile("; *name=\"([a-z_]{1,64})\"\r\n(?:[^\r\n]+\r\n)*+\r\n([^\r\n]{1,256})\r\n--");

  private static final int SEARCHED = 64 << 10;

  private final @Nullable JsonSlice json;
  private final Map<String, String> form;

  private RelayedFields(@Nullable JsonSlice json, Map<String, String> form) {
    this.json = json;
    this.form = form;
  }

  static RelayedFields of(byte[] body) {
    try {
      JsonCursor json = new JsonCursor(body);
      JsonSlice value = json.value();
      json.end();
      return new RelayedFields(value, Map.of());
    } catch (JsonSyntaxException noJson) {
      return new RelayedFields(null, form(body));
    }
  }

  /** The fields before and behind the files, where these are large. */
  private static Map<String, String> form(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    int length = Math.min(body.length, SEARCHED);
    find(new String(body, 0, length, ISO_8859_1), fields);
    find(new String(body, body.length - length, length, ISO_8859_1), fields);
    return fields;
  }

  private static void find(String part, Map<String, String> fields) {
    Matcher field = FIELD.matcher(part);
    int from = 0;
    while (field.find(from)) {
      fields.put(field.group(1), new String(field.group(2).getBytes(ISO_8859_1), UTF_8));
      // The end of one field is the beginning of the next.
      from = field.end() - 2;
    }
  }

  String model() {
    return text("model");
  }

  /** Empty = it is not there, or is no text. */
  String text(String name) {
    return json == null ? form.getOrDefault(name, "") : FieldLookup.text(json, name);
  }

  /** 0 = it is not there, or is no whole number. */
  long number(String name) {
    if (json != null) {
      return FieldLookup.number(json, name);
    }
    String text = form.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
  }

  /** Whether a stream is asked for. */
  boolean stream() {
    return json == null
        ? form.getOrDefault("stream", "").equals("true")
        : FieldLookup.isTrue(FieldLookup.field(json, "stream"))
            || text("stream_format").equals("sse");
  }

  /** The elements of an array. */
  List<JsonSlice> elements(String name) {
    return FieldLookup.elements(FieldLookup.field(json, name));
  }
}
