package dev.infermux.mist.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Checks that bytes are strict UTF-8 before they are parsed.
 *
 * <p>The parser alone would let pass overlong forms and encoded surrogates, and would take a byte
 * order mark or zero bytes as a sign of UTF-16 or UTF-32.
 */
final class Utf8 {

  private static final int CHARS = 2048;

  private Utf8() {}

  /** Throws {@link JsonProblem} at {@code where} unless all bytes of the slice are UTF-8 text. */
  static void check(Slice slice, String where) {
    byte[] source = slice.source();
    boolean ascii = true;
    for (int i = slice.from(); i < slice.to(); i++) {
      ascii &= source[i] >= 0;
      if (source[i] == 0) {
        throw problem(where, "a zero byte", i - slice.from());
      }
    }
    if (!ascii) {
      decode(slice, where);
    }
  }

  private static void decode(Slice slice, String where) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(slice.source(), slice.from(), slice.to() - slice.from());
    CharBuffer chars = CharBuffer.allocate(CHARS);
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, chars.clear(), true);
    }
    if (result.isError()) {
      throw problem(where, "bytes that are not UTF-8", bytes.position() - slice.from());
    }
    if (slice.source()[slice.from()] == (byte) 0xef && startsWithMark(slice)) {
      throw problem(where, "a byte order mark", 0);
    }
  }

  private static boolean startsWithMark(Slice slice) {
    return slice.source()[slice.from() + 1] == (byte) 0xbb
        && slice.source()[slice.from() + 2] == (byte) 0xbf;
  }

  private static JsonProblem problem(String where, String found, int offset) {
    return new JsonProblem(where, found + " at byte " + offset, "strict UTF-8");
  }
}
