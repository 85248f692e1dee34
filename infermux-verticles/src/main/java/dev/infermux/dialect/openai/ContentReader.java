package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;

/**
 * Counts the characters a model wrote in a message or delta: text, reasoning, refusals and the
 * arguments of tool calls. It is what an estimate goes by when a provider reports no tokens.
 */
final class ContentReader {

  private static final byte[][] WRITTEN = {
    "content".getBytes(US_ASCII),
    "arguments".getBytes(US_ASCII),
    "reasoning_content".getBytes(US_ASCII),
    "reasoning".getBytes(US_ASCII),
    "refusal".getBytes(US_ASCII),
    "text".getBytes(US_ASCII),
    "input".getBytes(US_ASCII),
    "transcript".getBytes(US_ASCII),
  };

  /** OpenRouter repeats there what {@code reasoning} has. */
  private static final byte[] REPEATED = "reasoning_details".getBytes(US_ASCII);

  private ContentReader() {}

  /** Consumes the value of the current field. */
  static long field(JsonCursor json) {
    if (json.nameIs(REPEATED)) {
      json.skip();
      return 0;
    }
    return switch (json.kind()) {
      case STRING -> string(json);
      case OBJECT -> object(json);
      case ARRAY -> array(json);
      default -> {
        json.skip();
        yield 0;
      }
    };
  }

  /** Consumes a value that stands where text should: all of it counts. */
  static long inside(JsonCursor json) {
    boolean none = json.kind() == JsonKind.NULL;
    int from = json.position();
    json.skip();
    return none ? 0 : json.position() - from;
  }

  private static long string(JsonCursor json) {
    for (byte[] name : WRITTEN) {
      if (json.nameIs(name)) {
        return json.stringLength();
      }
    }
    json.skip();
    return 0;
  }

  private static long object(JsonCursor json) {
    long characters = 0;
    json.enterObject();
    while (json.nextField()) {
      characters += field(json);
    }
    return characters;
  }

  private static long array(JsonCursor json) {
    long characters = 0;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        characters += object(json);
      } else {
        json.skip();
      }
    }
    return characters;
  }
}
