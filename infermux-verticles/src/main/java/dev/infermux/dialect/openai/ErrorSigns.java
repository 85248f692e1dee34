package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;

/** Tells an error from what is none. */
final class ErrorSigns {

  private ErrorSigns() {}

  /** Consumes the value of a field {@code error}: whether it says anything. */
  static boolean told(JsonCursor json) {
    switch (json.kind()) {
      case NULL -> {
        json.skip();
        return false;
      }
      case BOOLEAN -> {
        return json.booleanValue();
      }
      case STRING -> {
        return !json.isEmptyString();
      }
      case NUMBER -> {
        return !json.value().toString().equals("0");
      }
      case OBJECT -> {
        boolean told = false;
        json.enterObject();
        while (json.nextField()) {
          told |= told(json);
        }
        return told;
      }
      case ARRAY -> {
        boolean told = false;
        json.enterArray();
        while (json.nextElement()) {
          told |= told(json);
        }
        return told;
      }
    }
    return false;
  }

  /** Whether a document that is no answer is an error. */
  static boolean found(byte[] bytes, int from, int to) {
    try {
      JsonCursor json = new JsonCursor(bytes, from, to);
      if (json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        if (!json.nextElement()) {
          return false;
        }
      }
      if (json.kind() != JsonKind.OBJECT) {
        return false;
      }
      boolean error = false;
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "error" -> error |= told(json);
          case "object", "type" ->
              error |=
                  json.kind() == JsonKind.STRING ? json.string().equals("error") : skipped(json);
          case "message", "detail" -> error |= told(json);
          default -> json.skip();
        }
      }
      return error;
    } catch (JsonSyntaxException none) {
      return false;
    }
  }

  private static boolean skipped(JsonCursor json) {
    json.skip();
    return false;
  }
}
