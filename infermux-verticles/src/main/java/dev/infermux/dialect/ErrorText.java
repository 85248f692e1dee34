package dev.infermux.dialect;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the bytes of an error a text that can be read: its charset, its framing, its end. */
final class ErrorText {

  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([\\w.:-]{1,40})", Pattern.CASE_INSENSITIVE);

  /** Fields of an event stream that carry no words. */
  private static final Pattern FRAMING = Pattern.compile("(?:event|id|retry):.*|:.*");

  private static final Pattern DATA = Pattern.compile("(?:data|error):\\s?(.*)");

  private ErrorText() {}

  /** In the charset that it names, else in UTF-8, else in Latin 1; a character may be cut off. */
  static String decoded(byte[] bytes, int from, int to, String contentType) {
    String utf8 = strictly(StandardCharsets.UTF_8, bytes, from, to);
    String text = utf8 == null ? strictly(named(contentType), bytes, from, to) : utf8;
    if (text == null) {
      text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
  }

  @SuppressWarnings("NullAway")
  private static @org.jspecify.annotations.Nullable String strictly(
      Charset charset, byte[] bytes, int from, int to) {
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

  /** What the first event of a stream carries that has anything; other texts as they are. */
  static String unframed(String text) {
    String[] lines = text.split("\\R", 64);
    if (!DATA.matcher(lines[0]).matches() && !FRAMING.matcher(lines[0]).matches()) {
      return text;
    }
    StringBuilder data = new StringBuilder();
    for (String line : lines) {
      Matcher field = DATA.matcher(line);
      if (field.matches()) {
        data.append(field.group(1)).append('\n');
      } else if (!FRAMING.matcher(line).matches() && !data.isEmpty()) {
        if (line.isBlank()) {
          break;
        }
        // JSON over several lines of which only the first was framed.
        data.append(line).append('\n');
      }
    }
    return data.isEmpty() ? text : data.toString().strip();
  }

  /** JSON without control characters, and with the end of a string that was cut off. */
  static String mended(String text) {
    StringBuilder mended = new StringBuilder(text.length() + 1);
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && inString) {
        int length = i + 1 < text.length() && text.charAt(i + 1) == 'u' ? 6 : 2;
        if (i + length > text.length()) {
          break;
        }
        mended.append(text, i, i + length);
        i += length - 1;
      } else {
        inString ^= c == '"';
        mended.append(c < ' ' ? ' ' : c);
      }
    }
    return inString ? mended.append('"').toString() : mended.toString();
  }

  /** No longer than this, and no half of a surrogate pair at its end. */
  static String bounded(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end);
  }
}
