package dev.infermux.estimation;

import java.util.Arrays;

/**
 * The byte sequences that a model reads as one token, each with its rank.
 *
 * <p>It is kept in three arrays, some 5 MB for 200,000 tokens: as a map of objects it is 28 MB and
 * a million objects, which each full collection of the heap visits. Immutable.
 */
final class Vocabulary {

  private final byte[] tokens;

  /** Where the token of a rank begins; one place more for the end of the last. */
  private final int[] begins;

  /** A hash table with open addressing: one more than the rank, 0 where there is none. */
  private final int[] slots;

  private final int longest;

  /**
   * A vocabulary over arrays that nobody changes any more.
   *
   * @param tokens all tokens, one after the other, in the order of their ranks
   * @param begins where the token of each rank begins, and where the last one ends
   */
  Vocabulary(byte[] tokens, int[] begins) {
    this.tokens = tokens;
    this.begins = begins;
    int size = begins.length - 1;
    this.slots = new int[Integer.highestOneBit(Math.max(1, size)) << 2];
    int longest = 0;
    for (int rank = 0; rank < size; rank++) {
      longest = Math.max(longest, begins[rank + 1] - begins[rank]);
      int slot = slot(tokens, begins[rank], begins[rank + 1]);
      while (slots[slot] != 0) {
        slot = next(slot);
      }
      slots[slot] = rank + 1;
    }
    this.longest = longest;
  }

  /** The rank of a sequence of bytes; -1 of one that is no token. Takes time for its length. */
  int rank(byte[] text, int from, int to) {
    if (to - from > longest) {
      return -1;
    }
    int slot = slot(text, from, to);
    while (slots[slot] != 0) {
      int rank = slots[slot] - 1;
      if (Arrays.equals(text, from, to, tokens, begins[rank], begins[rank + 1])) {
        return rank;
      }
      slot = next(slot);
    }
    return -1;
  }

  private int slot(byte[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    hash *= 0x9E3779B9;
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
