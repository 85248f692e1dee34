package dev.infermux.inference;

/** Cuts texts without tearing a character that is a pair of surrogates. */
public final class Shortened {

  private Shortened() {}

  /** The beginning of a text, no longer than this; the same where it is not longer. */
  public static String beginning(CharSequence text, int most) {
    return text.subSequence(0, end(text, most)).toString();
  }

  /** A text that loses its middle where it is longer than this. */
  static String middle(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int begin = end(text, most / 2);
    int rest = text.length() - (most - most / 2 - 1);
    rest += Character.isLowSurrogate(text.charAt(rest)) ? 1 : 0;
    return text.substring(0, begin) + '…' + text.substring(rest);
  }

  private static int end(CharSequence text, int most) {
    if (text.length() <= most) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }
}
