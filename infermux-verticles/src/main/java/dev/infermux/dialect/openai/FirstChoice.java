package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;

/**
 * The text in the choice of index 0 of an answer or of a chunk, which is the refusal where there is
 * nothing else to read; nothing else is kept of it.
 */
final class FirstChoice {

  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] REFUSAL = "refusal".getBytes(US_ASCII);
  private static final byte[] TEXT = "text".getBytes(US_ASCII);
  private static final byte[] INDEX = "index".getBytes(US_ASCII);

  private final JsonCursor json;
  private final byte[] message;
  private long index;
  private String content = "";
  private String refusal = "";
  private String text = "";

  /**
   * Takes what is read.
   *
   * @param message the field of a choice that holds the content
   */
  FirstChoice(byte[] bytes, String message) {
    this.json = new JsonCursor(bytes);
    this.message = message.getBytes(US_ASCII);
  }

  /** Empty when there is none, also in what is no JSON. */
  String text() {
    try {
      within(
          () -> {
            if (json.nameIs(OpenAiFields.CHOICES) && json.kind() == JsonKind.ARRAY) {
              choices();
            } else {
              json.skip();
            }
          });
    } catch (JsonSyntaxException torn) {
      return "";
    }
    return text;
  }

  private void choices() {
    json.enterArray();
    for (int place = 0; json.nextElement(); place++) {
      index = place;
      content = "";
      refusal = "";
      within(this::field);
      if (index == 0) {
        text = content.isEmpty() ? refusal : content;
      }
    }
  }

  private void field() {
    if (json.nameIs(message) && json.kind() == JsonKind.OBJECT) {
      within(this::message);
    } else if (json.nameIs(TEXT) && json.kind() == JsonKind.STRING) {
      content = json.string();
    } else if (json.nameIs(INDEX) && json.kind() == JsonKind.NUMBER) {
      index = json.longValue();
    } else {
      json.skip();
    }
  }

  private void message() {
    if (json.nameIs(CONTENT) && json.kind() == JsonKind.STRING) {
      content = json.string();
    } else if (json.nameIs(REFUSAL) && json.kind() == JsonKind.STRING) {
      refusal = json.string();
    } else {
      json.skip();
    }
  }

  private void within(Runnable field) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      field.run();
    }
  }
}
