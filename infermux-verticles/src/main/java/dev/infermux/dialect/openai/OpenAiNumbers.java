package dev.infermux.dialect.openai;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;

/** Numbers that some servers spell in other ways than the dialect has them. */
final class OpenAiNumbers {

  private static final double LATEST = 1e11;

  private OpenAiNumbers() {}

  /** Consumes a number; {@code otherwise} when it is not a whole one. */
  static long whole(JsonCursor json, long otherwise) {
    try {
      return json.longValue();
    } catch (JsonSyntaxException fractional) {
      return otherwise;
    }
  }

  /** Epoch seconds spelt as a fraction or as a text; -1 when they cannot be read. */
  static long seconds(JsonSlice value) {
    String text = value.toString().replace("\"", "");
    try {
      double seconds = Double.parseDouble(text);
      return seconds >= 0 && seconds < LATEST ? (long) seconds : -1;
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }
}
