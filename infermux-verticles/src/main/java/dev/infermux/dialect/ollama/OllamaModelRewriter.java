package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.ModelRewriter;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;

/**
 * Puts one name in the place of {@code model} in answers of Ollama's dialect. All other bytes stay
 * as they are; what has no such field, or is no JSON, stays as a whole.
 */
final class OllamaModelRewriter implements ModelRewriter {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);

  private final byte[] quoted;

  OllamaModelRewriter(String name) {
    this.quoted = JsonStrings.quoted(name).getBytes(UTF_8);
  }

  @Override
  public Buffer in(Buffer answer) {
    byte[] bytes = answer.getBytes();
    Buffer renamed = Buffer.buffer(bytes.length + quoted.length);
    rename(bytes, 0, bytes.length, renamed);
    return renamed;
  }

  @Override
  public Buffer inEvents(Buffer events) {
    byte[] bytes = events.getBytes();
    Buffer renamed = Buffer.buffer(bytes.length + quoted.length);
    int line = 0;
    while (line < bytes.length) {
      int end = line;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int next = Math.min(bytes.length, end + 1);
      rename(bytes, line, next, renamed);
      line = next;
    }
    return renamed;
  }

  private void rename(byte[] bytes, int from, int to, Buffer out) {
    int copied = from;
    try {
      JsonCursor json = new JsonCursor(bytes, from, to);
      json.enterObject();
      while (json.nextField()) {
        int start = json.position();
        boolean named = json.nameIs(MODEL) && json.kind() == JsonKind.STRING;
        json.skip();
        if (named) {
          out.appendBytes(bytes, copied, start - copied).appendBytes(quoted);
          copied = json.position();
        }
      }
    } catch (JsonSyntaxException unreadable) {
      // The dialect has let it pass, so the caller gets the rest as it is.
    }
    out.appendBytes(bytes, copied, to - copied);
  }
}
