package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;

/** The text in the first choice of an answer or of a chunk; nothing else is kept of it. */
final class FirstChoice {

  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] TEXT = "text".getBytes(US_ASCII);

  private final JsonCursor json;
  private final byte[] message;
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
    boolean first = true;
    while (json.nextElement()) {
      if (first && json.kind() == JsonKind.OBJECT) {
        within(this::field);
      } else {
        json.skip();
      }
      first = false;
    }
  }

  private void field() {
    if (json.nameIs(message) && json.kind() == JsonKind.OBJECT) {
      within(() -> take(CONTENT));
    } else {
      take(TEXT);
    }
  }

  private void take(byte[] name) {
    if (json.nameIs(name) && json.kind() == JsonKind.STRING) {
      text = json.string();
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
