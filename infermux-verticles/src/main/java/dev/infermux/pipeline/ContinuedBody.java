package dev.infermux.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonStrings;
import io.vertx.core.buffer.Buffer;

/**
 * Asks a provider to go on from what was written already: the caller's own bytes, the text as the
 * assistant's last message, and a maximum that is lower by what it took.
 */
final class ContinuedBody {

  private static final byte[] MESSAGES = "messages".getBytes(US_ASCII);

  private ContinuedBody() {}

  /** The request for the rest of a chat's answer. */
  static OpenAiRequestBody of(OpenAiRequestBody asked, String text) {
    byte[] bytes = asked.bytes();
    int end = messagesEnd(bytes);
    String message = ",{\"role\":\"assistant\",\"content\":" + JsonStrings.quoted(text) + "}";
    Buffer longer =
        Buffer.buffer(bytes.length + message.length())
            .appendBytes(bytes, 0, end)
            .appendBytes(message.getBytes(UTF_8))
            .appendBytes(bytes, end, bytes.length - end);
    OpenAiRequestBody continued =
        OpenAiRequestBody.scanModelOptional(Operation.CHAT, longer.getBytes());
    long most = asked.facts().maxTokens();
    long left = Math.max(1, most - (text.length() + 3) / 4);
    return most < 0 ? continued : continued.withMaxTokens(Operation.CHAT, left);
  }

  /** Where the array's closing bracket stands; a chat has at least one message before it. */
  private static int messagesEnd(byte[] body) {
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    while (json.nextField()) {
      boolean messages = json.nameIs(MESSAGES);
      json.skip();
      if (messages) {
        return json.position() - 1;
      }
    }
    throw new IllegalStateException("a chat has messages");
  }
}
