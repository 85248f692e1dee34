package dev.infermux.dialect.anthropic;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;

/** Turns the request for a whole answer into one for a stream. */
final class StreamFlag {

  private StreamFlag() {}

  /** A scanned body that asks for a stream. */
  static byte[] set(byte[] body) {
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    int inside = json.position();
    Splice edits = new Splice(body);
    while (json.nextField()) {
      boolean stream = json.nameIs(MessageFields.STREAM);
      int from = json.position();
      json.skip();
      if (stream) {
        return edits.replace(new Span(from, json.position()), "true").bytes();
      }
    }
    return edits.insert(inside, "\"stream\":true,").bytes();
  }
}
