package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.inference.Binding;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the content of a body's messages: checks its shape, counts the characters of its text and
 * what is attached, and notes what only one provider can read.
 */
final class BlockScanner {

  private final JsonCursor json;
  private static final byte[] MEDIA_TYPE = "media_type".getBytes(US_ASCII);

  private final FieldReader fields;
  private final List<Binding> bindings = new ArrayList<>();
  private int attachments;
  private int attachmentBytes;
  private boolean foreign;

  BlockScanner(JsonCursor json, FieldReader fields) {
    this.json = json;
    this.fields = fields;
  }

  /** Images and files that are no plain text. */
  int attachments() {
    return attachments;
  }

  /** What they take of the body. */
  int attachmentBytes() {
    return attachmentBytes;
  }

  List<Binding> bindings() {
    return bindings;
  }

  /** Whether a thought carries a seal of another API, which Anthropic refuses. */
  boolean foreign() {
    return foreign;
  }

  /** Consumes {@code messages}; returns the characters in their text. */
  long messages() {
    fields.expect(JsonKind.ARRAY, "messages", "a non-empty array of messages");
    long length = 0;
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      String where = "messages[" + index + "]";
      fields.expect(JsonKind.OBJECT, where, "an object with role and content");
      length += message(where);
      index++;
    }
    if (index == 0) {
      throw FieldReader.invalid(
          "messages: an empty array (expected: at least one message)", "messages");
    }
    return length;
  }

  private long message(String where) {
    long length = 0;
    boolean role = false;
    boolean content = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MessageFields.ROLE)) {
        role = true;
        fields.expect(JsonKind.STRING, where + ".role", "a role's name");
        json.skip();
      } else if (json.nameIs(MessageFields.CONTENT)) {
        content = true;
        length += content(where + ".content");
      } else {
        json.skip();
      }
    }
    if (!role) {
      throw missing(where + ".role", "a role's name");
    }
    if (!content) {
      throw missing(where + ".content", "a string or an array of blocks");
    }
    return length;
  }

  /** Consumes a text or blocks. */
  long content(String where) {
    if (json.kind() == JsonKind.STRING) {
      return json.stringLength();
    }
    fields.expect(JsonKind.ARRAY, where, "a string or an array of blocks");
    return blocks(where);
  }

  private long blocks(String where) {
    long length = 0;
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.OBJECT, where, "an array of blocks, which are objects");
      length += block(where);
    }
    return length;
  }

  private long block(String where) {
    long length = 0;
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      boolean string = kind == JsonKind.STRING;
      if (string && (json.nameIs(MessageFields.TEXT) || json.nameIs(MessageFields.THINKING))) {
        length += json.stringLength();
      } else if (string
          && (json.nameIs(MessageFields.SIGNATURE) || json.nameIs(MessageFields.DATA))) {
        seal(json.text());
      } else if (kind == JsonKind.OBJECT && json.nameIs(MessageFields.SOURCE)) {
        length += source(where);
      } else if (json.nameIs(MessageFields.INPUT)) {
        length += fields.skipped();
      } else if (json.nameIs(MessageFields.CONTENT)) {
        length += nested(where + ".content");
      } else {
        json.skip();
      }
    }
    return length;
  }

  /** A tool's result may hold blocks; those of server tools have shapes of their own. */
  private long nested(String where) {
    return switch (json.kind()) {
      case STRING -> json.stringLength();
      case ARRAY -> blocks(where);
      case OBJECT -> fields.skipped();
      default -> {
        json.skip();
        yield 0;
      }
    };
  }

  private long source(String where) {
    int from = json.position();
    String type = "";
    String mediaType = "";
    long data = 0;
    long content = 0;
    json.enterObject();
    while (json.nextField()) {
      boolean string = json.kind() == JsonKind.STRING;
      if (string && json.nameIs(MessageFields.TYPE)) {
        type = json.string();
      } else if (string && json.nameIs(MEDIA_TYPE)) {
        mediaType = json.string();
      } else if (string && json.nameIs(MessageFields.DATA)) {
        data = json.stringLength();
      } else if (string && json.nameIs(MessageFields.FILE_ID)) {
        bindings.add(new Binding(json.string(), true));
      } else if (json.nameIs(MessageFields.CONTENT)) {
        content = nested(where + ".source.content");
      } else {
        json.skip();
      }
    }
    if (type.equals("text") || type.equals("content")) {
      return data + content;
    }
    attachments++;
    // What a document is made of may all become tokens; an image has a size of its own.
    attachmentBytes += mediaType.startsWith("image/") ? json.position() - from : 0;
    return 0;
  }

  /** What proves a thought can be left out where another provider is asked. */
  private void seal(JsonText seal) {
    if (Seals.isMarked(seal)) {
      foreign = true;
    }
    if (!seal.isEmpty()) {
      bindings.add(new Binding(Seals.id(seal), false));
    }
  }

  private static RuntimeException missing(String where, String expected) {
    return FieldReader.invalid(where + ": missing (expected: " + expected + ")", where);
  }
}
