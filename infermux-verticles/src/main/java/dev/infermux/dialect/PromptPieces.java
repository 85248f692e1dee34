package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonCursor;

/**
 * Shows the texts of one scanned body to a visitor, decoding no more of them than it has room for.
 */
public final class PromptPieces {

  private final byte[] body;
  private final JsonCursor json;
  private final PromptVisitor visitor;

  public PromptPieces(byte[] body, JsonCursor json, PromptVisitor visitor) {
    this.body = body;
    this.json = json;
    this.visitor = visitor;
  }

  /** Consumes a string and shows it. */
  public void text() {
    int from = json.position() + 1;
    json.skip();
    int to = json.position() - 1;
    int room = visitor.room();
    int end = to - from > room ? whole(from, to, room) : to;
    visitor.text(decoded(from, end), end - from, to - end);
  }

  /** Consumes a value of any kind and shows the JSON that it is. */
  public void raw() {
    int from = json.position();
    json.skip();
    int to = json.position();
    int end = Math.min(to, from + visitor.room());
    visitor.text(new String(body, from, end - from, UTF_8), end - from, to - end);
  }

  /** The end of the last escape or character that begins within so many bytes of a string. */
  private int whole(int from, int to, int bytes) {
    int at = from;
    while (at - from < bytes) {
      if (body[at] == '\\') {
        at += body[at + 1] == 'u' ? 6 : 2;
      } else {
        at++;
      }
    }
    while (at < to && (body[at] & 0xC0) == 0x80) {
      at++;
    }
    return Math.min(at, to);
  }

  private String decoded(int from, int to) {
    byte[] quoted = new byte[to - from + 2];
    System.arraycopy(body, from, quoted, 1, to - from);
    quoted[0] = '"';
    quoted[quoted.length - 1] = '"';
    return new JsonCursor(quoted).string();
  }
}
