package dev.infermux.benchmarks.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * A text to be found in bytes, by Horspool's algorithm: a large body is skipped through, not read
 * byte by byte.
 */
public final class Needle {
  private final byte[] text;
  private final int[] skip = new int[256];

  public Needle(String ascii) {
    text = ascii.getBytes(US_ASCII);
    Arrays.fill(skip, text.length);
    for (int i = 0; i < text.length - 1; i++) {
      skip[text[i] & 0xff] = text.length - 1 - i;
    }
  }

  /** Returns the index of the first byte after the text, or -1. */
  public int after(byte[] bytes, int length) {
    int last = text.length - 1;
    for (int end = last; end < length; end += skip[bytes[end] & 0xff]) {
      int i = last;
      while (bytes[end - last + i] == text[i]) {
        if (i-- == 0) {
          return end + 1;
        }
      }
    }
    return -1;
  }
}
