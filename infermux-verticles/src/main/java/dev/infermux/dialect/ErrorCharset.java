package dev.infermux.dialect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes the bytes of an error a text. */
final class ErrorCharset {

  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([\\w.:-]{1,40})", Pattern.CASE_INSENSITIVE);

  private ErrorCharset() {}

  /** In the charset that it names, else in UTF-8, else in Latin 1; a character may be cut off. */
  static String decoded(byte[] bytes, int from, int to, String contentType) {
    String utf8 = strictly(StandardCharsets.UTF_8, bytes, from, to);
    String text = utf8 == null ? strictly(named(contentType), bytes, from, to) : utf8;
    if (text == null) {
      text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  private static @Nullable String strictly(Charset charset, byte[] bytes, int from, int to) {
    CharBuffer text = CharBuffer.allocate(to - from + 1);
    boolean wrong =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes, from, to - from), text, false)
            .isError();
    return wrong ? null : text.flip().toString();
  }

  private static Charset named(String contentType) {
    Matcher charset = CHARSET.matcher(contentType);
    boolean known = charset.find() && supported(charset.group(1));
    return known ? Charset.forName(charset.group(1)) : StandardCharsets.ISO_8859_1;
  }

  private static boolean supported(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
