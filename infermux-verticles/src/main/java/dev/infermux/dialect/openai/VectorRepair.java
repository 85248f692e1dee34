package dev.infermux.dialect.openai;

import dev.infermux.inference.Attempt;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Brings an answer to a request for embeddings into the shape that was asked for, in one pass: its
 * vectors in the other encoding, and what is missing around them.
 */
final class VectorRepair {

  private final @Nullable JsonKind asked;
  private final String model;

  /**
   * @param asked as what vectors were asked for; null = as something else
   */
  VectorRepair(@Nullable JsonKind asked, Attempt attempt) {
    this.asked = asked;
    this.model = attempt.model();
  }

  /**
   * The answer as every client takes it.
   *
   * @throws IllegalArgumentException when a vector is none
   */
  JsonOutput repaired(byte[] answer, int from, int to) {
    boolean typed = false;
    boolean named = false;
    boolean counted = false;
    // Numbers in base64 take about a quarter of what they take in decimals.
    int expected = asked == JsonKind.STRING ? (to - from) / 3 : to - from;
    JsonOutput out = new JsonOutput(expected).object();
    JsonCursor json = new JsonCursor(answer, from, to);
    json.enterObject();
    while (json.nextField()) {
      boolean says = json.kind() == JsonKind.STRING;
      if (json.nameIs(OpenAiFields.DATA) && json.kind() == JsonKind.ARRAY) {
        data(json, out.name("data"));
      } else if (json.nameIs(OpenAiFields.USAGE) && json.kind() == JsonKind.OBJECT) {
        counted = true;
        VectorUsage.write(json.value(), out.name("usage"));
      } else if (json.nameIs(OpenAiFields.USAGE) || json.nameIs(OpenAiFields.ERROR)) {
        json.skip();
      } else {
        boolean object = json.nameIs(OpenAiFields.OBJECT);
        boolean name = json.nameIs(OpenAiFields.MODEL);
        String field = json.name();
        JsonSlice value = json.value();
        says &= value.length() > 2;
        if (says || !(object || name)) {
          typed |= object;
          named |= name;
          out.name(JsonText.of(field)).value(value);
        }
      }
    }
    rest(out, typed, named, counted);
    return out.endObject();
  }

  private void rest(JsonOutput out, boolean typed, boolean named, boolean counted) {
    if (!typed) {
      out.field("object", "list");
    }
    if (!named) {
      out.field("model", model);
    }
    if (!counted) {
      out.name("usage").object().field("prompt_tokens", 0).field("total_tokens", 0).endObject();
    }
  }

  private void data(JsonCursor json, JsonOutput out) {
    out.array();
    json.enterArray();
    for (int position = 0; json.nextElement(); position++) {
      if (json.kind() == JsonKind.OBJECT) {
        embedding(json, position, out);
      } else {
        json.skip();
      }
    }
    out.endArray();
  }

  private void embedding(JsonCursor json, int position, JsonOutput out) {
    boolean typed = false;
    boolean indexed = false;
    out.object();
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.EMBEDDING)) {
        vector(json, out.name("embedding"));
      } else if (json.nameIs(OpenAiFields.OBJECT)) {
        typed = true;
        JsonSlice value = json.value();
        boolean says = value.kind() == JsonKind.STRING && value.length() > 2;
        out.field("object", says ? value : JsonSlice.of("\"embedding\""));
      } else if (json.nameIs(OpenAiFields.INDEX)) {
        indexed = true;
        JsonSlice value = json.value();
        boolean whole =
            value.kind() == JsonKind.NUMBER && OpenAiNumbers.whole(value.cursor(), -1) >= 0;
        out.field("index", whole ? value : JsonSlice.of(Integer.toString(position)));
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    if (!typed) {
      out.field("object", "embedding");
    }
    if (!indexed) {
      out.field("index", position);
    }
    out.endObject();
  }

  private void vector(JsonCursor json, JsonOutput out) {
    if (asked == JsonKind.STRING && json.kind() == JsonKind.ARRAY) {
      VectorPacker.pack(json, out);
    } else if (asked == JsonKind.ARRAY && json.kind() == JsonKind.STRING) {
      VectorUnpacker.unpack(json.text(), out);
    } else {
      out.value(json.value());
    }
  }
}
