package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;

/** Writes what an answer or a chunk says of itself: mended where it stands, or added at its end. */
final class HeadRepair {

  /** How an answer is named that does not name itself. */
  record Identity(String id, String model, long createdEpochSeconds) {}

  private final String object;
  private final Identity known;
  private boolean id;
  private boolean typed;
  private boolean created;
  private boolean model;
  private boolean nameless;

  HeadRepair(String object, Identity known) {
    this.object = object;
    this.known = known;
  }

  /** Writes one field, of the head or another. */
  void field(JsonCursor json, JsonOutput out) {
    if (json.nameIs(OpenAiFields.ID)) {
      id = true;
      nameless = !text("id", json.value(), known.id(), out);
    } else if (json.nameIs(OpenAiFields.OBJECT)) {
      typed = true;
      text("object", json.value(), object, out);
    } else if (json.nameIs(OpenAiFields.MODEL)) {
      model = true;
      text("model", json.value(), known.model(), out);
    } else if (json.nameIs(OpenAiFields.CREATED)) {
      created = true;
      created(json.value(), out);
    } else {
      out.name(JsonText.of(json.name())).value(json.value());
    }
  }

  /** Writes a text, or another where it says nothing. */
  private static boolean text(String name, JsonSlice value, String other, JsonOutput out) {
    boolean says = value.kind() == JsonKind.STRING && value.length() > 2;
    if (says) {
      out.field(name, value);
    } else {
      out.field(name, other);
    }
    return says;
  }

  private void created(JsonSlice value, JsonOutput out) {
    boolean whole = value.kind() == JsonKind.NUMBER && OpenAiNumbers.whole(value.cursor(), -1) > 0;
    if (whole && !nameless) {
      out.field("created", value);
    } else {
      out.field("created", known.createdEpochSeconds());
    }
  }

  /** Adds what no field has said. */
  void rest(JsonOutput out) {
    if (!id) {
      out.field("id", known.id());
    }
    if (!typed) {
      out.field("object", object);
    }
    if (!created) {
      out.field("created", known.createdEpochSeconds());
    }
    if (!model) {
      out.field("model", known.model());
    }
  }
}
