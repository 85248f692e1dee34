package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inference.ModelRewriter;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;
import io.vertx.core.buffer.Buffer;

/**
 * Puts one name in the place of a response's {@code model}, in whole answers and in the events that
 * carry the response. What has no such field, or is no JSON, stays as it is.
 */
final class ResponsesModelRewriter implements ModelRewriter {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] RESPONSE = "response".getBytes(US_ASCII);
  private static final byte[] DATA = "data: {".getBytes(US_ASCII);

  private final String quoted;

  ResponsesModelRewriter(String name) {
    this.quoted = JsonStrings.quoted(name);
  }

  @Override
  public Buffer in(Buffer answer) {
    byte[] bytes = answer.getBytes();
    Splice edits = new Splice(bytes);
    return replaced(edits, new JsonCursor(bytes), false) ? Buffer.buffer(edits.bytes()) : answer;
  }

  /** Each event has its data on one line. */
  @Override
  public Buffer inEvents(Buffer events) {
    byte[] bytes = events.getBytes();
    Splice edits = new Splice(bytes);
    boolean edited = false;
    int line = 0;
    while (line < bytes.length) {
      int end = line;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (isData(bytes, line, end)) {
        edited |= replaced(edits, new JsonCursor(bytes, line + DATA.length - 1, end), true);
      }
      line = end + 1;
    }
    return edited ? Buffer.buffer(edits.bytes()) : events;
  }

  private static boolean isData(byte[] bytes, int from, int to) {
    return to - from > DATA.length
        && java.util.Arrays.equals(bytes, from, from + DATA.length, DATA, 0, DATA.length);
  }

  private boolean replaced(Splice edits, JsonCursor json, boolean inside) {
    Span model;
    try {
      model = model(json, inside);
    } catch (JsonSyntaxException unreadable) {
      // The dialect has let it pass, so the caller gets it as it is.
      return false;
    }
    if (!model.isAbsent()) {
      edits.replace(model, quoted);
    }
    return !model.isAbsent();
  }

  /**
   * @param inside whether the response is a field of what is read
   */
  private static Span model(JsonCursor json, boolean inside) {
    Span found = Span.ABSENT;
    json.enterObject();
    while (json.nextField()) {
      if (inside && json.nameIs(RESPONSE) && json.kind() == JsonKind.OBJECT) {
        found = model(json, false);
      } else if (!inside && json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        int from = json.position();
        json.skip();
        found = new Span(from, json.position());
      } else {
        json.skip();
      }
    }
    return found;
  }
}
