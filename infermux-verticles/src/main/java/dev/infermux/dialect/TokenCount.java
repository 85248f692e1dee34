package dev.infermux.dialect;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;

/** Reads one count of tokens. Usage never spoils an answer: what is no count is as if not there. */
public final class TokenCount {

  /** More than any prompt or answer has: a larger number is no report. */
  public static final long MOST = 10_000_000;

  private static final int MOST_DIGITS = 20;

  private TokenCount() {}

  /**
   * Consumes one value.
   *
   * @param otherwise what counts where it is no count
   */
  public static long read(JsonCursor json, long otherwise) {
    if (json.kind() == JsonKind.STRING) {
      return written(json.string(), otherwise);
    } else if (json.kind() != JsonKind.NUMBER) {
      json.skip();
      return otherwise;
    }
    JsonSlice number = json.value();
    try {
      long value = number.length() > MOST_DIGITS ? -1 : number.cursor().longValue();
      return value < 0 || value > MOST ? otherwise : value;
    } catch (JsonSyntaxException fractional) {
      return otherwise;
    }
  }

  /** Some relays write their counts as text. */
  private static long written(String text, long otherwise) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > 8 || !digits.chars().allMatch(TokenCount::isDigit)) {
      return otherwise;
    }
    long value = Long.parseLong(digits);
    return value > MOST ? otherwise : value;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
