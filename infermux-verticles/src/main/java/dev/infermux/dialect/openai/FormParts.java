package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.FieldReader;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.Span;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks the parts of a {@code multipart/form-data} body (RFC 7578) without copying them. Work is
 * linear: a boundary begins with the only carriage return in it.
 */
final class FormParts {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          "(?i);\\s*boundary=(?:\"([ -!#-~]{1,70})\"|([!#-'*+\\-./0-9:=?A-Z^_`a-z{|}~]{1,70}))");
  private static final Pattern NAME =
      Pattern.compile(
          "(?im)^content-disposition:[^\\r\\n]*?;\\s*name=(?:\"([^\"\\r\\n]*)\"|([^;\\s\"]+))");
  private static final int LONGEST_HEAD = 8_192;
  private static final byte[] LINE = {'\r', '\n'};
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

  private final byte[] body;
  private final byte[] delimiter;

  FormParts(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
  }

  /** The boundary that a content type names. */
  static String boundary(String contentType) {
    Matcher found = BOUNDARY.matcher(contentType);
    if (!found.find()) {
      throw FieldReader.invalid(
          "content-type: no boundary (expected: multipart/form-data with one)", null);
    }
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  /** Shows the name and the place of each part's value. */
  void each(BiConsumer<String, Span> sink) {
    int at = begin();
    while (!matches(new byte[] {'-', '-'}, at)) {
      at = lineEnd(at);
      // A part may have no header at all, and then begins with the blank line.
      int head = find(HEAD_END, Math.max(0, at - LINE.length), at + LONGEST_HEAD);
      if (head < 0) {
        throw malformed("a part without an end of its head");
      }
      int value = head + HEAD_END.length;
      int end = find(delimiter, value - LINE.length, body.length);
      if (end < 0) {
        throw malformed("a part without its boundary");
      }
      sink.accept(name(at, head), new Span(value, Math.max(value, end)));
      at = end + delimiter.length;
    }
  }

  /** The byte after the first boundary, which need not stand on a line of its own. */
  private int begin() {
    if (body.length >= delimiter.length - LINE.length && startsWithBoundary()) {
      return delimiter.length - LINE.length;
    }
    int first = find(delimiter, 0, body.length);
    if (first < 0) {
      throw malformed("no boundary");
    }
    return first + delimiter.length;
  }

  private boolean startsWithBoundary() {
    for (int i = LINE.length; i < delimiter.length; i++) {
      if (body[i - LINE.length] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** The byte after the line of a boundary, which may end in blanks. */
  private int lineEnd(int from) {
    int at = from;
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (!matches(LINE, at)) {
      throw malformed("a boundary that goes on");
    }
    return at + LINE.length;
  }

  private String name(int from, int to) {
    Matcher name = NAME.matcher(new String(body, from, Math.max(0, to - from), UTF_8));
    if (!name.find()) {
      return "";
    }
    return name.group(1) == null ? name.group(2) : name.group(1);
  }

  private int find(byte[] wanted, int from, int to) {
    int last = Math.min(to, body.length) - wanted.length;
    for (int at = from; at <= last; at++) {
      if (body[at] == wanted[0] && matches(wanted, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean matches(byte[] wanted, int at) {
    if (at + wanted.length > body.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (body[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static InferenceException malformed(String found) {
    return FieldReader.invalid("request body: " + found + " (expected: multipart/form-data)", null);
  }
}
