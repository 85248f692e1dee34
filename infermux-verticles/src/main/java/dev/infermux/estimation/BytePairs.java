package dev.infermux.estimation;

/**
 * Counts the tokens of one piece of a text by byte-pair encoding: of all neighbours that form a
 * token together, the pair with the lowest rank becomes one, the leftmost first, until no pair is a
 * token. Takes n log n time. What it works with is used again for the next piece; for one thread.
 *
 * <p>The encoding is that of <a href="https://github.com/openai/tiktoken">tiktoken</a>.
 */
final class BytePairs {

  private static final int NONE = -1;

  private final Vocabulary vocabulary;

  /** The pairs that may become one: the rank in the upper half, in the lower where it begins. */
  private final LongHeap waiting = new LongHeap();

  private byte[] text = new byte[0];
  private int from;
  private int length;

  /** Of the part that begins at an index: where the next one begins, and the one before. */
  private int[] next = new int[0];

  private int[] before = new int[0];

  /** Of the part that begins at an index: the rank that it has together with the next one. */
  private int[] ranks = new int[0];

  BytePairs(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** How many tokens the bytes from one index up to another are. */
  int count(byte[] text, int from, int to) {
    if (to - from <= 1 || vocabulary.rank(text, from, to) >= 0) {
      return Math.min(to - from, 1);
    }
    begin(text, from, to - from);
    int parts = length;
    while (!waiting.isEmpty()) {
      long least = waiting.take();
      int at = (int) least;
      // Otherwise one of its parts has become larger since.
      if (ranks[at] == (int) (least >>> 32)) {
        merge(at);
        parts--;
      }
    }
    return parts;
  }

  private void begin(byte[] text, int from, int length) {
    this.text = text;
    this.from = from;
    this.length = length;
    waiting.clear();
    if (next.length < length) {
      next = new int[2 * length];
      before = new int[2 * length];
      ranks = new int[2 * length];
    }
    for (int at = 0; at < length; at++) {
      next[at] = at + 1;
      before[at] = at - 1;
    }
    for (int at = 0; at < length; at++) {
      rank(at);
    }
  }

  private void merge(int at) {
    int gone = next[at];
    ranks[gone] = NONE;
    next[at] = next[gone];
    if (next[at] < length) {
      before[next[at]] = at;
    }
    rank(at);
    if (before[at] >= 0) {
      rank(before[at]);
    }
  }

  /** Finds out what a part is together with the next one. */
  private void rank(int at) {
    int middle = next[at];
    ranks[at] = middle == length ? NONE : vocabulary.rank(text, from + at, from + next[middle]);
    if (ranks[at] != NONE) {
      waiting.add(((long) ranks[at] << 32) | at);
    }
  }
}
