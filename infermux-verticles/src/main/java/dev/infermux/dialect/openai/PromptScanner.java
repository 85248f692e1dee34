package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.FieldReader;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/** Walks the prompt of a body, checks its shape and counts the characters of its text. */
final class PromptScanner {

  private static final byte[] ROLE = "role".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] TEXT = "text".getBytes(US_ASCII);
  private static final byte[] IMAGE_URL = "image_url".getBytes(US_ASCII);
  private static final byte[] INPUT_AUDIO = "input_audio".getBytes(US_ASCII);
  private static final byte[] FILE = "file".getBytes(US_ASCII);

  private final JsonCursor json;
  private int attachments;
  private int attachmentBytes;
  private int prompts = 1;

  PromptScanner(JsonCursor json) {
    this.json = json;
  }

  /** Consumes a chat's {@code messages}; returns the characters in their text. */
  long messages() {
    if (json.kind() != JsonKind.ARRAY) {
      throw wrong("messages", "a non-empty array of messages");
    }
    long length = 0;
    int index = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        throw wrong("messages[" + index + "]", "an object with role and content");
      }
      length += message(index++);
    }
    if (index == 0) {
      throw FieldReader.invalid(
          "messages: an empty array (expected: at least one message)", "messages");
    }
    return length;
  }

  /** Consumes {@code prompt} or {@code input}: a string, or an array of strings or tokens. */
  long texts(byte[] field) {
    String name = new String(field, US_ASCII);
    return switch (json.kind()) {
      case STRING -> json.stringLength();
      case ARRAY -> textsOf();
      default -> throw wrong(name, "a string or an array");
    };
  }

  private long message(int index) {
    long length = 0;
    boolean role = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(ROLE)) {
        role = true;
        if (json.kind() != JsonKind.STRING || json.isEmptyString()) {
          throw wrong("messages[" + index + "].role", "a role's name");
        }
      } else if (json.nameIs(CONTENT)) {
        length += content(index);
      } else {
        json.skip();
      }
    }
    if (!role) {
      String where = "messages[" + index + "].role";
      throw FieldReader.invalid(where + ": missing (expected: a role's name)", where);
    }
    return length;
  }

  private long content(int index) {
    return switch (json.kind()) {
      case STRING -> json.stringLength();
      case ARRAY -> parts();
      case NULL -> {
        json.skip();
        yield 0;
      }
      default ->
          throw wrong("messages[" + index + "].content", "a string, an array of parts or null");
    };
  }

  private long parts() {
    long length = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() != JsonKind.OBJECT) {
        json.skip();
        continue;
      }
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(TEXT) && json.kind() == JsonKind.STRING) {
          length += json.stringLength();
        } else if (json.nameIs(IMAGE_URL)) {
          attachment(true);
        } else if (json.nameIs(INPUT_AUDIO) || json.nameIs(FILE)) {
          attachment(false);
        } else {
          json.skip();
        }
      }
    }
    return length;
  }

  private void attachment(boolean image) {
    int from = json.position();
    json.skip();
    attachments++;
    // What a file or a sound is made of may all become tokens; an image has a size of its own.
    attachmentBytes += image ? json.position() - from : 0;
  }

  /** Parts of messages that are an image, a sound or a file. */
  int attachments() {
    return attachments;
  }

  /** What they take of the body. */
  int attachmentBytes() {
    return attachmentBytes;
  }

  /** How many prompts {@link #texts} has found; tokens that stand alone are one. */
  int prompts() {
    return prompts;
  }

  private long textsOf() {
    int whole = 0;
    long length = 0;
    json.enterArray();
    while (json.nextElement()) {
      whole += json.kind() == JsonKind.STRING || json.kind() == JsonKind.ARRAY ? 1 : 0;
      length += element();
    }
    prompts = Math.max(1, whole);
    return length;
  }

  /** A token counts as the four characters that an estimate would make of it. */
  private long textArray() {
    long length = 0;
    json.enterArray();
    while (json.nextElement()) {
      length += element();
    }
    return length;
  }

  private long element() {
    return switch (json.kind()) {
      case STRING -> json.stringLength();
      case ARRAY -> textArray();
      default -> {
        json.skip();
        yield 4;
      }
    };
  }

  private RuntimeException wrong(String where, String expected) {
    return FieldReader.invalid(
        where + ": " + FieldReader.describe(json.kind()) + " (expected: " + expected + ")", where);
  }
}
