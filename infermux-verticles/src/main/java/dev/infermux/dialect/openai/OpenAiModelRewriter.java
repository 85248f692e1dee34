package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.ModelRewriter;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonSyntaxException;
import io.vertx.core.buffer.Buffer;

/**
 * Puts one name in the place of {@code model} in answers of OpenAI's dialect. All other bytes stay
 * as they are; what has no such field, or is no JSON, stays as a whole.
 */
final class OpenAiModelRewriter implements ModelRewriter {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(US_ASCII);

  private final byte[] quoted;

  OpenAiModelRewriter(String name) {
    this.quoted = JsonStrings.quoted(name).getBytes(UTF_8);
  }

  @Override
  public Buffer in(Buffer answer) {
    byte[] bytes = answer.getBytes();
    Edit edit = new Edit(bytes);
    edit.object(0, bytes.length);
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
      if (isData(bytes, line, end)) {
        edit.object(line + DATA.length, end);
      }
      line = end + 1;
    }
    return edit.isEmpty() ? events : edit.result();
  }

  private static boolean isData(byte[] bytes, int from, int to) {
    int start = from + DATA.length;
    return start < to
        && bytes[start] == '{'
        && java.util.Arrays.equals(bytes, from, start, DATA, 0, DATA.length);
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

    void object(int from, int to) {
      try {
        JsonCursor json = new JsonCursor(bytes, from, to);
        json.enterObject();
        while (json.nextField()) {
          int start = json.position();
          boolean named = json.nameIs(MODEL) && json.kind() == JsonKind.STRING;
          json.skip();
          if (named) {
            copy.appendBytes(bytes, copied, start - copied).appendBytes(quoted);
            copied = json.position();
          }
        }
      } catch (JsonSyntaxException unreadable) {
        // The dialect has let it pass, so the caller gets it as it is.
        return;
      }
    }

    Buffer result() {
      return copy.appendBytes(bytes, copied, bytes.length - copied);
    }
  }
}
