package dev.infermux.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Walks strict JSON (RFC 8259) in a byte array without building anything.
 *
 * <p>The cursor always stands before a value, or inside an object or array between two. {@link
 * #enterObject()} with {@link #nextField()} and {@link #enterArray()} with {@link #nextElement()}
 * descend; every other reader consumes one whole value. What is skipped is checked as strictly as
 * what is read, so a walk that reaches {@link #end()} has validated the document. One thread; not
 * reusable.
 */
public final class JsonCursor {

  /** Deeper documents are refused: no model API nests further and recursion stays bounded. */
  public static final int MAX_DEPTH = 200;

  private final byte[] bytes;
  private final int to;
  private int at;
  private int depth;
  private boolean fresh;
  private int nameFrom;
  private int nameTo;
  private long nameCharacters;
  private long characters;

  public JsonCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
    skipSpace();
  }

  public JsonCursor(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** The index of the value's first byte, or of the byte after the value just consumed. */
  public int position() {
    return at;
  }

  /** The kind of the value that comes next. */
  public JsonKind kind() {
    return switch (peek()) {
      case '{' -> JsonKind.OBJECT;
      case '[' -> JsonKind.ARRAY;
      case '"' -> JsonKind.STRING;
      case 't', 'f' -> JsonKind.BOOLEAN;
      case 'n' -> JsonKind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonKind.NUMBER;
      default -> throw unexpected("a value");
    };
  }

  public void enterObject() {
    enter('{', "an object");
  }

  public void enterArray() {
    enter('[', "an array");
  }

  /** Moves to the value of the next field, or leaves the object and returns false. */
  public boolean nextField() {
    if (!next('}')) {
      return false;
    }
    if (peek() != '"') {
      throw unexpected("a field name");
    }
    nameFrom = at + 1;
    scanString();
    nameTo = at - 1;
    nameCharacters = characters;
    skipSpace();
    if (peek() != ':') {
      throw unexpected("\":\"");
    }
    at++;
    skipSpace();
    return true;
  }

  /** Moves to the next element, or leaves the array and returns false. */
  public boolean nextElement() {
    return next(']');
  }

  /** Whether the current field has this name, given in ASCII; only escapes are decoded for it. */
  public boolean nameIs(byte[] name) {
    return nameTo - nameFrom == name.length
        ? Arrays.equals(bytes, nameFrom, nameTo, name, 0, name.length)
        : nameCharacters == name.length && name().equals(new String(name, US_ASCII));
  }

  /** The current field's name. */
  public String name() {
    return JsonStrings.decode(bytes, nameFrom, nameTo);
  }

  /** Consumes one value of any kind, checking all of it. */
  public void skip() {
    switch (kind()) {
      case OBJECT -> {
        enterObject();
        while (nextField()) {
          skip();
        }
      }
      case ARRAY -> {
        enterArray();
        while (nextElement()) {
          skip();
        }
      }
      case STRING -> scanString();
      case NUMBER -> scanNumber();
      case BOOLEAN -> literal(bytes[at] == 't' ? "true" : "false");
      case NULL -> literal("null");
    }
  }

  /** Consumes one value of any kind and gives it back as it is spelt. */
  public JsonSlice value() {
    int from = at;
    skip();
    return new JsonSlice(bytes, from, at);
  }

  /** Consumes a string and gives back its inside as it is spelt. */
  public JsonText text() {
    int from = at + 1;
    scanString();
    return new JsonText(bytes, from, at - 1);
  }

  /** Consumes a string and decodes it. */
  public String string() {
    int from = at + 1;
    scanString();
    return JsonStrings.decode(bytes, from, at - 1);
  }

  /** Consumes a string and returns its length in characters (code points). */
  public long stringLength() {
    scanString();
    return characters;
  }

  /** Consumes a string that need not be kept; true when it is empty. */
  public boolean isEmptyString() {
    int from = at;
    scanString();
    return at - from == 2;
  }

  public boolean booleanValue() {
    boolean value = peek() == 't';
    literal(value ? "true" : "false");
    return value;
  }

  /** Consumes a number that is a whole one in the range of a long. */
  public long longValue() {
    int from = at;
    scanNumber();
    return JsonNumbers.whole(bytes, from, at);
  }

  /** Requires that nothing but white space follows. */
  public void end() {
    skipSpace();
    if (at != to) {
      throw unexpected("the end");
    }
  }

  private void enter(char opening, String expected) {
    if (peek() != opening) {
      throw unexpected(expected);
    }
    if (++depth > MAX_DEPTH) {
      throw new JsonSyntaxException(
          at, "nesting deeper than " + MAX_DEPTH, "at most " + MAX_DEPTH + " levels");
    }
    at++;
    fresh = true;
  }

  private boolean next(char closing) {
    skipSpace();
    boolean first = fresh;
    fresh = false;
    byte found = peek();
    if (found == closing) {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      if (found != ',') {
        throw unexpected("\",\" or \"" + closing + "\"");
      }
      at++;
      skipSpace();
    }
    return true;
  }

  private void scanString() {
    if (peek() != '"') {
      throw unexpected("a string");
    }
    int start = at;
    int i = at + 1;
    int shorter = 0;
    while (true) {
      i = StringScan.special(bytes, i, to);
      if (i >= to) {
        throw new JsonSyntaxException(start, "a string that never ends", "a closing quote");
      }
      byte b = bytes[i];
      if (b == '"') {
        break;
      } else if (b == '\\') {
        int length = StringScan.escape(bytes, i, to);
        shorter += length - 1;
        i += length;
      } else if (b < 0) {
        int length = StringScan.utf8(bytes, i, to);
        shorter += length - 1;
        i += length;
      } else {
        throw new JsonSyntaxException(i, "a control character", "it escaped");
      }
    }
    characters = (long) i - start - 1 - shorter;
    at = i + 1;
  }

  private void scanNumber() {
    at = JsonNumbers.end(bytes, at, to);
  }

  private void literal(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (at + i >= to || bytes[at + i] != expected.charAt(i)) {
        throw unexpected(expected);
      }
    }
    at += expected.length();
  }

  private void skipSpace() {
    while (at < to) {
      byte b = bytes[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return;
      }
      at++;
    }
  }

  private byte peek() {
    if (at >= to) {
      throw unexpected("more");
    }
    return bytes[at];
  }

  private JsonSyntaxException unexpected(String expected) {
    return JsonSyntaxException.unexpected(bytes, at, to, expected);
  }
}
