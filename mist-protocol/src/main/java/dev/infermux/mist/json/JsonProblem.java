package dev.infermux.mist.json;

/**
 * JSON that could not be accepted: where, what was found, what is allowed.
 *
 * <p>Has no stack trace: it describes a document, not a place in the program.
 */
public final class JsonProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 64;

  private final String where;

  public JsonProblem(String where, String found, String expected) {
    this(where, where + ": " + found + " (expected: " + expected + ")");
  }

  JsonProblem(String where, String message) {
    super(message, null, false, false);
    this.where = where;
  }

  /**
   * Path of the offending field, such as {@code messages[2].role}; the document's name at its root.
   */
  public String where() {
    return where;
  }

  /** The text in quotes, cut to 64 characters, with everything but printable ASCII replaced. */
  public static String shown(String text) {
    return '"' + printable(text.replace('"', '?')) + '"';
  }

  /** The text cut to 64 characters, with everything but printable ASCII replaced. */
  static String printable(String text) {
    StringBuilder shown = new StringBuilder(Math.min(text.length(), SHOWN) + 1);
    for (int i = 0; i < Math.min(text.length(), SHOWN); i++) {
      char c = text.charAt(i);
      shown.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    return shown.append(text.length() > SHOWN ? "…" : "").toString();
  }
}
