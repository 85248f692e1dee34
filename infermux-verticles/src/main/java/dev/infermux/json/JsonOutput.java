package dev.infermux.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document into bytes, without a tree: values of another document go in as they are
 * spelt. Commas are its own affair; that names and values take turns is the caller's. One thread.
 */
public final class JsonOutput {

  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private byte[] bytes;
  private int length;
  private boolean comma;

  public JsonOutput() {
    this(512);
  }

  /**
   * @param expected how long the document may become; it may become longer
   */
  public JsonOutput(int expected) {
    bytes = new byte[Math.max(64, expected)];
  }

  public JsonOutput object() {
    before();
    put('{');
    comma = false;
    return this;
  }

  public JsonOutput endObject() {
    put('}');
    comma = true;
    return this;
  }

  public JsonOutput array() {
    before();
    put('[');
    comma = false;
    return this;
  }

  public JsonOutput endArray() {
    put(']');
    comma = true;
    return this;
  }

  /** The name of the field whose value comes next; in ASCII and without anything to escape. */
  public JsonOutput name(String ascii) {
    before();
    put('"');
    ascii(ascii);
    put('"');
    put(':');
    comma = false;
    return this;
  }

  /** The same with a name that is spelt already. */
  public JsonOutput name(JsonText spelt) {
    openString().piece(spelt);
    put('"');
    put(':');
    return this;
  }

  /** A string that may need escapes. */
  public JsonOutput string(String text) {
    return openString().piece(text).closeString();
  }

  /** A string whose inside is spelt already. */
  public JsonOutput string(JsonText text) {
    return openString().piece(text).closeString();
  }

  /** A string whose content is this JSON, as OpenAI gives a tool's arguments. */
  public JsonOutput stringOf(JsonSlice json) {
    return openString().pieceOf(json).closeString();
  }

  public JsonOutput number(long number) {
    before();
    ascii(Long.toString(number));
    comma = true;
    return this;
  }

  public JsonOutput bool(boolean value) {
    before();
    ascii(value ? "true" : "false");
    comma = true;
    return this;
  }

  public JsonOutput nothing() {
    before();
    ascii("null");
    comma = true;
    return this;
  }

  /** A value as it is spelt. */
  public JsonOutput value(JsonSlice value) {
    before();
    copy(value.bytes(), value.from(), value.to());
    comma = true;
    return this;
  }

  /** A value as it is spelt, in ASCII. */
  public JsonOutput raw(String json) {
    before();
    ascii(json);
    comma = true;
    return this;
  }

  /** A field with a value as it is spelt; nothing at all without one. */
  public JsonOutput field(String name, @Nullable JsonSlice value) {
    return value == null ? this : name(name).value(value);
  }

  public JsonOutput field(String name, String text) {
    return name(name).string(text);
  }

  public JsonOutput field(String name, JsonText text) {
    return name(name).string(text);
  }

  public JsonOutput field(String name, long number) {
    return name(name).number(number);
  }

  public JsonOutput field(String name, boolean value) {
    return name(name).bool(value);
  }

  /** Begins a string of several pieces. */
  public JsonOutput openString() {
    before();
    put('"');
    return this;
  }

  /** A piece of an open string, which may need escapes. */
  public JsonOutput piece(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\';
    }
    if (plain) {
      ascii(text);
    } else {
      byte[] quoted = JsonStrings.quoted(text).getBytes(UTF_8);
      copy(quoted, 1, quoted.length - 1);
    }
    return this;
  }

  /** A piece of an open string that is spelt already. */
  public JsonOutput piece(JsonText text) {
    copy(text.bytes(), text.from(), text.to());
    return this;
  }

  /** JSON as a piece of an open string: only quotes, backslashes and controls are escaped. */
  public JsonOutput pieceOf(JsonSlice json) {
    byte[] from = json.bytes();
    for (int at = json.from(); at < json.to(); at++) {
      byte b = from[at];
      if (b == '"' || b == '\\') {
        put('\\');
        put(b);
      } else if (b >= 0 && b < ' ') {
        ascii("\\u00");
        put(HEX[b >> 4]);
        put(HEX[b & 15]);
      } else {
        put(b);
      }
    }
    return this;
  }

  public JsonOutput closeString() {
    put('"');
    comma = true;
    return this;
  }

  /** Bytes written by now. */
  public int size() {
    return length;
  }

  /** What was written, in an array of its own. */
  public byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** What was written, as a value that must not change: the writer is not used any more. */
  public JsonSlice slice() {
    return new JsonSlice(bytes, 0, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, UTF_8);
  }

  private void before() {
    if (comma) {
      put(',');
      comma = false;
    }
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  private void put(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  private void copy(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  /** What makes a document large comes in one piece, after which little follows. */
  private void room(int more) {
    int needed = length + more;
    if (needed > bytes.length) {
      int next = more > bytes.length ? needed + Math.max(256, needed / 8) : bytes.length * 2;
      bytes = Arrays.copyOf(bytes, Math.max(needed, next));
    }
  }
}
