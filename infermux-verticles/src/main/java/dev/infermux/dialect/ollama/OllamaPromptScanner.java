package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Walks the prompt of a body, checks its shape and counts the characters of its text. */
final class OllamaPromptScanner {

  private static final byte[] ROLE = "role".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] THINKING = "thinking".getBytes(US_ASCII);
  private static final byte[] IMAGES = "images".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] SYSTEM = "system".getBytes(US_ASCII);
  private static final byte[] SUFFIX = "suffix".getBytes(US_ASCII);
  private static final byte[] TOOLS = "tools".getBytes(US_ASCII);

  private final JsonCursor json;
  private final FieldReader fields;
  private long textLength;
  private int attachments;
  private int attachmentBytes;
  private boolean asked;

  OllamaPromptScanner(JsonCursor json, FieldReader fields) {
    this.json = json;
    this.fields = fields;
  }

  /** Consumes what is asked. */
  void prompt(OllamaEndpoint endpoint) {
    switch (endpoint) {
      case CHAT -> messages();
      case GENERATE -> {
        long length = text("prompt");
        textLength += length;
        asked = length > 0;
      }
      case EMBED -> inputs();
      case LEGACY_EMBEDDINGS -> {
        textLength += text("prompt");
        asked = true;
      }
    }
  }

  /** Consumes a field beside the prompt that belongs to it; false = it is none. */
  boolean beside(OllamaEndpoint endpoint) {
    boolean generate = endpoint == OllamaEndpoint.GENERATE;
    if (generate && (json.nameIs(SYSTEM) || json.nameIs(SUFFIX))) {
      textLength += text(json.name());
    } else if (generate && json.nameIs(IMAGES)) {
      images("images");
    } else if (endpoint == OllamaEndpoint.CHAT && json.nameIs(TOOLS)) {
      array("tools");
    } else {
      return false;
    }
    return true;
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

  /** Whether anything is asked; else a model is loaded or unloaded. */
  boolean asked() {
    return asked;
  }

  String shape(OllamaEndpoint endpoint) {
    return endpoint == OllamaEndpoint.EMBED ? "a string or an array of strings" : "a string";
  }

  private void messages() {
    if (fields.nullSkipped()) {
      return;
    }
    fields.expect(JsonKind.ARRAY, "messages", "an array of messages");
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      String where = "messages[" + index++ + "]";
      fields.expect(JsonKind.OBJECT, where, "an object with role and content");
      message(where);
    }
    asked = index > 0;
  }

  private void message(String where) {
    boolean role = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ROLE)) {
        fields.expect(JsonKind.STRING, where + ".role", "a role's name");
        role = !json.isEmptyString();
      } else if (json.nameIs(CONTENT)) {
        textLength += text(where + ".content");
      } else if (json.nameIs(THINKING)) {
        textLength += text(where + ".thinking");
      } else if (json.nameIs(IMAGES)) {
        images(where + ".images");
      } else if (json.nameIs(TOOL_CALLS)) {
        array(where + ".tool_calls");
      } else {
        json.skip();
      }
    }
    if (!role) {
      throw FieldReader.invalid(
          where + ".role: missing or empty (expected: a role's name)", where + ".role");
    }
  }

  private void inputs() {
    asked = true;
    if (json.kind() == JsonKind.STRING) {
      textLength += json.stringLength();
      return;
    }
    fields.expect(JsonKind.ARRAY, "input", "a string or an array of strings");
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.STRING, "input[" + index++ + "]", "a string");
      textLength += json.stringLength();
    }
  }

  private void images(String where) {
    if (fields.nullSkipped()) {
      return;
    }
    fields.expect(JsonKind.ARRAY, where, "an array of strings in base64");
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      fields.expect(JsonKind.STRING, where + "[" + index++ + "]", "a string in base64");
      attachments++;
      attachmentBytes += fields.skipped();
    }
  }

  private void array(String where) {
    if (!fields.nullSkipped()) {
      fields.expect(JsonKind.ARRAY, where, "an array");
      json.skip();
    }
  }

  private long text(String where) {
    if (fields.nullSkipped()) {
      return 0;
    }
    fields.expect(JsonKind.STRING, where, "a string");
    return json.stringLength();
  }
}
