package dev.infermux.provider.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.Framing;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Tells what an answer is by how it begins, since content types are not to be relied on. */
enum FirstBytes {
  /** A stream of the framing. */
  EVENTS,
  /** One JSON document. */
  JSON,
  /** Nothing came but its end, of which the content type says that it is a stream. */
  ENDED,
  /** Neither. */
  OTHER,
  /** There is too little of it to say. */
  UNDECIDED;

  private static final Buffer BOM =
      Buffer.buffer(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
  private static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", ":");

  /**
   * Looks at the beginning of an answer.
   *
   * @param declared whether its content type says that it is a stream of this framing
   */
  static FirstBytes of(Buffer beginning, Framing framing, boolean declared) {
    int at = begins(beginning);
    if (at < 0) {
      return UNDECIDED;
    }
    byte first = beginning.getByte(at);
    if (first == '{' || first == '[') {
      return framing == Framing.NDJSON ? EVENTS : JSON;
    } else if (first == '<') {
      return OTHER;
    } else if (declared) {
      return EVENTS;
    }
    // Lines have no other beginning than their JSON: broken ones are the reader's to tell.
    return framing == Framing.NDJSON ? EVENTS : field(beginning, at);
  }

  /** Whether an answer that was read whole is a stream of server-sent events. */
  static boolean areEvents(Buffer whole) {
    return of(whole, Framing.SSE, false) == EVENTS;
  }

  /** An answer without the byte order mark that it may begin with. */
  static Buffer withoutBom(Buffer whole) {
    return marked(whole) ? whole.slice(BOM.length(), whole.length()) : whole;
  }

  private static boolean marked(Buffer bytes) {
    return bytes.length() >= BOM.length() && bytes.slice(0, BOM.length()).equals(BOM);
  }

  /** Where its first character is; -1 = not there yet. */
  private static int begins(Buffer bytes) {
    int at = marked(bytes) ? BOM.length() : 0;
    if (at == 0 && bytes.length() > 0 && bytes.getByte(0) == BOM.getByte(0)) {
      return bytes.length() < BOM.length() ? -1 : 0;
    }
    while (at < bytes.length() && isBlank(bytes.getByte(at))) {
      at++;
    }
    return at < bytes.length() ? at : -1;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static FirstBytes field(Buffer bytes, int from) {
    FirstBytes found = OTHER;
    for (String field : FIELDS) {
      int length = Math.min(field.length(), bytes.length() - from);
      String there = new String(bytes.getBytes(from, from + length), US_ASCII);
      if (field.startsWith(there)) {
        found = length == field.length() ? EVENTS : found == EVENTS ? EVENTS : UNDECIDED;
      }
    }
    return found;
  }
}
