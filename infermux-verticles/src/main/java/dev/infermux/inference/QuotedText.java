package dev.infermux.inference;

/**
 * Others' words in what is told of a call, and kept of it: a long text loses its middle, so that
 * what stands around the words is still there.
 */
final class QuotedText {

  private static final int LONGEST_MESSAGE = 1_000;
  private static final int LONGEST_NAME = 120;

  private QuotedText() {}

  /** A sentence, such as an error's message. */
  static String message(String text) {
    return shortened(text, LONGEST_MESSAGE);
  }

  /** A field's name or path. */
  static String name(String text) {
    return shortened(text, LONGEST_NAME);
  }

  private static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int begin = longest / 2;
    int end = text.length() - (longest - begin - 1);
    if (Character.isHighSurrogate(text.charAt(begin - 1))) {
      begin--;
    }
    if (Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return text.substring(0, begin) + '…' + text.substring(end);
  }
}
