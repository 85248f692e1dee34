package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.util.Set;

/**
 * Counts what was written in a whole answer that breaks off: the characters of its texts, whatever
 * the dialect, up to the cut.
 */
public final class TornContent {

  /** The fields of every dialect that hold what a model wrote. */
  private static final Set<String> TEXTS =
      Set.of(
          "content",
          "text",
          "reasoning_content",
          "reasoning",
          "thinking",
          "refusal",
          "arguments",
          "partial_json",
          "response");

  private final byte[] bytes;
  private int at;

  private TornContent(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The characters of the texts in a body; 0 where it is no JSON. */
  public static long chars(Buffer body) {
    return new TornContent(body.getBytes()).chars();
  }

  private long chars() {
    long chars = 0;
    String key = "";
    while (at < bytes.length) {
      if (bytes[at++] != '"') {
        continue;
      }
      int from = at;
      long length = string();
      String name = name(from);
      if (!name.isEmpty()) {
        key = name;
      } else if (TEXTS.contains(key)) {
        chars += length;
      }
    }
    return chars;
  }

  /** Passes a string, its closing quote included; its characters. */
  private long string() {
    long length = 0;
    while (at < bytes.length && bytes[at] != '"') {
      boolean escape = bytes[at] == '\\';
      // UTF-8 continues a character with 10xxxxxx.
      length += (bytes[at] & 0xc0) == 0x80 ? 0 : 1;
      boolean unicode = escape && at + 1 < bytes.length && bytes[at + 1] == 'u';
      at += unicode ? 6 : escape ? 2 : 1;
    }
    at++;
    return length;
  }

  /** The string that has been passed, where it is the name of a field; else empty. */
  private String name(int from) {
    int next = at;
    while (next < bytes.length && (bytes[next] == ' ' || bytes[next] == '\n')) {
      next++;
    }
    return next < bytes.length && bytes[next] == ':'
        ? new String(bytes, from, at - 1 - from, US_ASCII)
        : "";
  }
}
