package dev.infermux.dialect.openai;

/**
 * Follows the arguments of one call, piece by piece, as far as to see whether they are complete.
 */
final class ToolArguments {

  private boolean begun;
  private boolean inString;
  private boolean escaped;
  private int depth;

  /**
   * Takes a piece of the JSON as it stands inside of a JSON string.
   *
   * @param from its first byte
   * @param to the byte after it
   */
  void take(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = bytes[at];
      if (b == '\\' && at + 1 < to) {
        b = bytes[++at];
        if (b == 'u') {
          at += 4;
        } else if (b != '"' && b != '\\') {
          // White space, or a slash.
          escaped = false;
          continue;
        }
      }
      character(b);
    }
  }

  private void character(byte b) {
    if (inString) {
      inString = escaped || b != '"';
      escaped = !escaped && b == '\\';
    } else if (b == '"') {
      inString = true;
    } else if (b == '{' || b == '[') {
      begun = true;
      depth++;
    } else if (b == '}' || b == ']') {
      depth--;
    }
  }

  /** Whether an object has begun that is not complete. */
  boolean open() {
    return begun && !complete();
  }

  /** Whether a whole object has come: what follows belongs to another call. */
  boolean complete() {
    return begun && depth <= 0 && !inString;
  }
}
