package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * The byte sequences that a model reads as one token, each with its rank.
 *
 * <p>It is kept in three arrays, some 5 MB for 200,000 tokens: as a map of objects it is 45 MB and
 * a million objects, which each full collection of the heap visits. Immutable.
 */
final class Vocabulary {

  private final byte[] tokens;

  /** Where the token of a rank begins; one place more for the end of the last. */
  private final int[] begins;

  /** A hash table with open addressing: one more than the rank, 0 where there is none. */
  private final int[] slots;

  private final int longest;

  private Vocabulary(byte[] tokens, int[] begins) {
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

  /**
   * Reads a file of tiktoken: each line is a token in Base64, a blank and its rank, in the order of
   * their ranks, which begin with 0.
   *
   * @throws IOException where the file is not like that
   */
  static Vocabulary read(InputStream file) throws IOException {
    byte[] lines = file.readAllBytes();
    byte[] tokens = new byte[lines.length];
    int[] begins = new int[1 << 10];
    int rank = 0;
    for (int at = 0; at < lines.length; rank++) {
      int blank = indexOf(lines, (byte) ' ', at);
      int end = indexOf(lines, (byte) '\n', blank);
      if (!new String(lines, blank, end - blank, US_ASCII).strip().equals(Integer.toString(rank))) {
        throw new IOException("line " + (rank + 1) + " is not a token and the rank " + rank);
      }
      if (rank + 1 == begins.length) {
        begins = Arrays.copyOf(begins, begins.length << 1);
      }
      begins[rank + 1] = begins[rank] + token(lines, at, blank, tokens, begins[rank]);
      at = end + 1;
    }
    return new Vocabulary(Arrays.copyOf(tokens, begins[rank]), Arrays.copyOf(begins, rank + 1));
  }

  private static int token(byte[] lines, int from, int to, byte[] tokens, int at) {
    byte[] token = Base64.getDecoder().decode(Arrays.copyOfRange(lines, from, to));
    System.arraycopy(token, 0, tokens, at, token.length);
    return token.length;
  }

  /** The end of the lines where there is no such byte any more. */
  private static int indexOf(byte[] lines, byte wanted, int from) {
    int at = from;
    while (at < lines.length && lines[at] != wanted) {
      at++;
    }
    return at;
  }

  int size() {
    return begins.length - 1;
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
    return (hash ^ hash >>> 16) & slots.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & slots.length - 1;
  }
}
