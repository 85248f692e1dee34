package dev.infermux.dialect;

/** Texts of errors, mended where they are JSON. */
final class ErrorText {

  private ErrorText() {}

  /** JSON without control characters, and with the end of a string that was cut off. */
  static String mended(String text) {
    StringBuilder mended = new StringBuilder(text.length() + 1);
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && inString) {
        int length = i + 1 < text.length() && text.charAt(i + 1) == 'u' ? 6 : 2;
        if (i + length > text.length()) {
          break;
        }
        mended.append(text, i, i + length);
        i += length - 1;
      } else {
        inString ^= c == '"';
        mended.append(c < ' ' ? ' ' : c);
      }
    }
    return inString ? mended.append('"').toString() : mended.toString();
  }
}
