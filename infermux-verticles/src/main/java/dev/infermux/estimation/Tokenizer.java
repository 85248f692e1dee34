package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the tokens of texts as one family of models does. For one thread. */
final class Tokenizer {

  private final Pattern pieces;
  private final BytePairs pairs;

  /**
   * A tokenizer with arrays of its own.
   *
   * @param pieces what a text is cut into before its bytes are paired
   */
  Tokenizer(Pattern pieces, Vocabulary vocabulary) {
    this.pieces = pieces;
    this.pairs = new BytePairs(vocabulary);
  }

  /** Half of a character, which a bound has torn or the caller never completed, is a {@code ?}. */
  long count(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    String whole = new String(bytes, UTF_8);
    Matcher matcher = pieces.matcher(whole);
    long tokens = 0;
    int done = 0;
    int read = 0;
    while (matcher.find()) {
      int begin = read + bytes(whole, done, matcher.start());
      read = begin + bytes(whole, matcher.start(), matcher.end());
      done = matcher.end();
      tokens += pairs.count(bytes, begin, read);
    }
    return tokens;
  }

  /** The length in UTF-8; of whole characters. */
  private static int bytes(String text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      // Either half of a pair of surrogates is two of the four bytes.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return bytes;
  }
}
