package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.ModelRewriter;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * Puts one name in the place of {@code model} in a whole message, and of the message's that a
 * stream starts with. All other bytes stay as they are.
 */
final class AnthropicModelRewriter implements ModelRewriter {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);

  private final byte[] quoted;

  AnthropicModelRewriter(String name) {
    this.quoted = JsonStrings.quoted(name).getBytes(UTF_8);
  }

  @Override
  public Buffer in(Buffer answer) {
    byte[] bytes = answer.getBytes();
    Edit edit = new Edit(bytes);
    edit.document(0, bytes.length);
    return edit.isEmpty() ? answer : edit.result();
  }

  /** Each event has its data on one line. */
  @Override
  public Buffer inEvents(Buffer events) {
    byte[] bytes = events.getBytes();
    Edit edit = new Edit(bytes);
    int line = 0;
    while (line < bytes.length) {
      int end = line;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      int start = line + DATA.length;
      if (start < end && Arrays.equals(bytes, line, start, DATA, 0, DATA.length)) {
        edit.document(start, end);
      }
      line = end + 1;
    }
    return edit.isEmpty() ? events : edit.result();
  }

  /** A copy in the making, begun with the first name that is replaced. */
  private final class Edit {
    private final byte[] bytes;
    private final Buffer copy = Buffer.buffer();
    private int copied;

    Edit(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean isEmpty() {
      return copied == 0;
    }

    void document(int from, int to) {
      try {
        JsonCursor json = new JsonCursor(bytes, from, to);
        if (json.kind() == JsonKind.OBJECT) {
          object(json, true);
        }
      } catch (JsonSyntaxException unreadable) {
        // The dialect has let it pass, so the caller gets it as it is.
        return;
      }
    }

    private void object(JsonCursor json, boolean outer) {
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
          int start = json.position();
          json.skip();
          copy.appendBytes(bytes, copied, start - copied).appendBytes(quoted);
          copied = json.position();
        } else if (outer && json.nameIs(MESSAGE) && json.kind() == JsonKind.OBJECT) {
          object(json, false);
        } else {
          json.skip();
        }
      }
    }

    Buffer result() {
      return copy.appendBytes(bytes, copied, bytes.length - copied);
    }
  }
}
