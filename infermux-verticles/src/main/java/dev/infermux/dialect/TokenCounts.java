package dev.infermux.dialect;

import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;

/**
 * Reads the counts of tokens of one usage report, all of them. Usage never spoils an answer: what
 * is no count is as if not there. A report with a count that cannot be, whatever it is of, is none.
 */
public final class TokenCounts {

  private static final int MOST_DIGITS = 20;

  private boolean absurd;

  /**
   * Consumes one value.
   *
   * @param otherwise what counts where it is no count
   */
  public long read(JsonCursor json, long otherwise) {
    if (json.kind() == JsonKind.STRING) {
      return written(json.string(), otherwise);
    } else if (json.kind() != JsonKind.NUMBER) {
      json.skip();
      return otherwise;
    }
    JsonSlice number = json.value();
    if (number.length() > MOST_DIGITS) {
      return absurd(otherwise);
    }
    try {
      return believed(number.cursor().longValue(), otherwise);
    } catch (JsonSyntaxException fractional) {
      return Double.parseDouble(number.toString()) > Usage.MOST_TOKENS
          ? absurd(otherwise)
          : otherwise;
    }
  }

  /** What was counted, unless it cannot be believed. */
  public Usage of(Usage counted) {
    return absurd ? Usage.UNBELIEVED : counted.believed();
  }

  /** Whether a count was read that cannot be. */
  public boolean isAbsurd() {
    return absurd;
  }

  /** Some relays write their counts as text. */
  private long written(String text, long otherwise) {
    String digits = text.strip();
    if (digits.isEmpty() || !digits.chars().allMatch(TokenCounts::isDigit)) {
      return otherwise;
    }
    return digits.length() > MOST_DIGITS - 2
        ? absurd(otherwise)
        : believed(Long.parseLong(digits), otherwise);
  }

  private long believed(long count, long otherwise) {
    if (count > Usage.MOST_TOKENS) {
      return absurd(otherwise);
    }
    return count < 0 ? otherwise : count;
  }

  private long absurd(long otherwise) {
    absurd = true;
    return otherwise;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
