package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.inference.Binding;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks {@code input}: checks its shape, counts its text and finds what binds it to a provider. */
final class InputScanner {

  private static final byte[] INPUT = ascii("input");
  private static final byte[] TYPE = ascii("type");
  private static final byte[] ID = ascii("id");
  private static final byte[] FILE_ID = ascii("file_id");
  private static final byte[] CONTAINER_ID = ascii("container_id");
  private static final byte[] ENCRYPTED = ascii("encrypted_content");
  private static final byte[][] TEXTS = {
    ascii("text"), ascii("content"), ascii("output"), ascii("arguments"), ascii("refusal"), INPUT,
  };
  private static final byte[][] PARTS = {ascii("content"), ascii("output"), ascii("summary")};
  private static final byte[][] ATTACHED = {
    ascii("image_url"), ascii("file_data"), ascii("file_url"), ascii("input_audio"),
  };

  private static final byte[] IMAGE_URL = "image_url".getBytes(US_ASCII);
  private final JsonCursor json;
  private final List<Binding> bindings;
  private long textLength;
  private int attachments;
  private int attachmentBytes;
  private boolean sealedItems;
  private boolean foreignSeals;

  /**
   * @param bindings takes what is found
   */
  InputScanner(JsonCursor json, List<Binding> bindings) {
    this.json = json;
    this.bindings = bindings;
  }

  /** Consumes the value of {@code input}. */
  void value() {
    switch (json.kind()) {
      case STRING -> textLength += json.stringLength();
      case ARRAY -> items();
      default -> throw wrong("input", "a string or a non-empty array of items");
    }
  }

  private void items() {
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        throw wrong("input[" + index + "]", "an item");
      }
      item("input[" + index++ + "]");
    }
    if (index == 0) {
      throw FieldReader.invalid("input: an empty array (expected: at least one item)", "input");
    }
  }

  private void item(String where) {
    String type = "";
    String id = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(TYPE)) {
        type = string(where, "type");
      } else if (json.nameIs(ID) && json.kind() == JsonKind.STRING) {
        id = json.string();
      } else if (json.nameIs(ENCRYPTED) && json.kind() == JsonKind.STRING) {
        sealed(json.text());
      } else {
        field(where);
      }
    }
    if (type.equals("item_reference")) {
      bindings.add(new Binding(id, true));
    }
  }

  private void field(String where) {
    if (json.kind() == JsonKind.STRING) {
      text();
    } else if (isOneOf(PARTS) && json.kind() != JsonKind.NULL) {
      if (json.kind() == JsonKind.ARRAY) {
        parts();
      } else if (json.kind() == JsonKind.OBJECT) {
        json.skip();
      } else {
        throw wrong(where + "." + json.name(), "a string or an array of parts");
      }
    } else {
      json.skip();
    }
  }

  private void parts() {
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      json.enterObject();
      while (json.nextField()) {
        if (isOneOf(ATTACHED)) {
          attachment();
        } else {
          text();
        }
      }
    }
  }

  /** A field that may hold text, or the id of a file. */
  private void text() {
    if (json.kind() != JsonKind.STRING) {
      json.skip();
    } else if (isOneOf(TEXTS)) {
      textLength += json.stringLength();
    } else if (json.nameIs(FILE_ID) || json.nameIs(CONTAINER_ID)) {
      bindings.add(new Binding(json.string(), true));
    } else {
      json.skip();
    }
  }

  private void attachment() {
    boolean image = json.nameIs(IMAGE_URL);
    int from = json.position();
    if (json.kind() == JsonKind.NULL) {
      json.skip();
      return;
    }
    json.skip();
    attachments++;
    // What a file is made of may all become tokens; an image has a size of its own.
    attachmentBytes += image ? json.position() - from : 0;
  }

  private void sealed(JsonText seal) {
    sealedItems = true;
    foreignSeals |= Seals.isMarked(seal);
    bindings.add(new Binding(Seals.id(seal), false));
  }

  private String string(String where, String name) {
    if (json.kind() != JsonKind.STRING) {
      throw wrong(where + "." + name, "a string");
    }
    return json.string();
  }

  private boolean isOneOf(byte[][] names) {
    for (byte[] name : names) {
      if (json.nameIs(name)) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException wrong(String where, String expected) {
    return FieldReader.invalid(
        where + ": " + FieldReader.describe(json.kind()) + " (expected: " + expected + ")", where);
  }

  long textLength() {
    return textLength;
  }

  int attachments() {
    return attachments;
  }

  int attachmentBytes() {
    return attachmentBytes;
  }

  boolean sealedItems() {
    return sealedItems;
  }

  boolean foreignSeals() {
    return foreignSeals;
  }

  /**
   * Writes the items of a scanned body that have no encrypted thought.
   *
   * @param foreignAlone whether only thoughts of other dialects count
   * @param kept an array that has begun
   * @return the place of {@code input}
   */
  static JsonSlice withoutSealed(byte[] body, boolean foreignAlone, JsonOutput kept) {
    JsonCursor json = new JsonCursor(body);
    JsonSlice input = null;
    json.enterObject();
    while (json.nextField()) {
      boolean here = json.nameIs(INPUT);
      JsonSlice value = json.value();
      input = here ? value : input;
    }
    if (input == null) {
      throw new IllegalStateException("only items are encrypted");
    }
    JsonCursor items = input.cursor();
    items.enterArray();
    while (items.nextElement()) {
      JsonSlice item = items.value();
      JsonText seal = seal(item);
      if (seal == null || (foreignAlone && !Seals.isMarked(seal))) {
        kept.value(item);
      }
    }
    kept.endArray();
    return input;
  }

  private static @Nullable JsonText seal(JsonSlice item) {
    JsonCursor json = item.cursor();
    JsonText seal = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ENCRYPTED) && json.kind() == JsonKind.STRING) {
        seal = json.text();
      } else {
        json.skip();
      }
    }
    return seal;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(US_ASCII);
  }
}
