package dev.infermux.pipeline.continuation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Operation;
import dev.infermux.inference.call.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonStrings;
import java.io.ByteArrayOutputStream;

/**
 * Asks a provider to go on from what was written already: the caller's own bytes, the text as the
 * assistant's last message, and a maximum that is lower by what it took.
 */
public final class ContinuedBody {

  private static final byte[] MESSAGES = "messages".getBytes(US_ASCII);
  private static final byte[] MAX_TOKENS = "max_tokens".getBytes(US_ASCII);
  private static final byte[] MAX_COMPLETION_TOKENS = "max_completion_tokens".getBytes(US_ASCII);

  private final byte[] body;
  private final String text;
  private final ByteArrayOutputStream out;
  private int copied;

  private ContinuedBody(byte[] body, String text) {
    this.body = body;
    this.text = text;
    this.out = new ByteArrayOutputStream(body.length + text.length() + 64);
  }

  /** The request for the rest of a chat's answer. */
  public static RequestBody of(RequestBody asked, String text) {
    return RequestBody.scanModelOptional(
        Operation.CHAT, new ContinuedBody(asked.bytes(), text).build());
  }

  private byte[] build() {
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(MESSAGES)) {
        json.skip();
        append(json.position());
      } else if ((json.nameIs(MAX_TOKENS) || json.nameIs(MAX_COMPLETION_TOKENS))
          && json.kind() == JsonKind.NUMBER) {
        lower(json);
      } else {
        json.skip();
      }
    }
    copyTo(body.length);
    return out.toByteArray();
  }

  /** Adds the message before the array's closing bracket; a chat has at least one before it. */
  private void append(int arrayEnd) {
    copyTo(arrayEnd - 1);
    write(",{\"role\":\"assistant\",\"content\":" + JsonStrings.quoted(text) + "}");
  }

  private void lower(JsonCursor json) {
    int from = json.position();
    long most = json.longValue();
    copyTo(from);
    write(Long.toString(Math.max(1, most - (text.length() + 3) / 4)));
    copied = json.position();
  }

  private void copyTo(int end) {
    out.write(body, copied, end - copied);
    copied = end;
  }

  private void write(String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    out.write(bytes, 0, bytes.length);
  }
}
