package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;

/** Adds the beginning of an answer to the input of a body that a scan has found to be sound. */
final class BegunAnswer {

  private static final byte[] INPUT = "input".getBytes(US_ASCII);

  private BegunAnswer() {}

  static byte[] after(byte[] body, String text) {
    String message = "{\"role\":\"assistant\",\"content\":" + JsonStrings.quoted(text) + "}";
    JsonCursor json = new JsonCursor(body);
    Splice edits = new Splice(body);
    json.enterObject();
    int inside = json.position();
    while (json.nextField()) {
      if (json.nameIs(INPUT)) {
        return after(json.value(), message, edits).bytes();
      }
      json.skip();
    }
    return edits.insert(inside, "\"input\":[" + message + "],").bytes();
  }

  private static Splice after(JsonSlice input, String message, Splice edits) {
    return switch (input.kind()) {
      // A sound list has an item before it.
      case ARRAY -> edits.insert(input.to() - 1, "," + message);
      case NULL -> edits.replace(new Span(input.from(), input.to()), "[" + message + "]");
      default ->
          edits
              .insert(input.from(), "[{\"role\":\"user\",\"content\":")
              .insert(input.to(), "}," + message + "]");
    };
  }
}
