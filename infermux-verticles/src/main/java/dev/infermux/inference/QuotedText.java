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
    return Shortened.middle(text, LONGEST_MESSAGE);
  }

  /** A field's name or path. */
  static String name(String text) {
    return Shortened.middle(text, LONGEST_NAME);
  }
}
