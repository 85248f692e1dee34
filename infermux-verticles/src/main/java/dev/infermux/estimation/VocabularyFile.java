package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/** Reads vocabularies in the format of tiktoken. */
final class VocabularyFile {

  private VocabularyFile() {}

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
}
