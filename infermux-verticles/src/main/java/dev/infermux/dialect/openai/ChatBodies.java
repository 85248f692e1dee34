package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Operation;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes chats of what came in other shapes. */
public final class ChatBodies {

  /** What does not come from {@code params}. */
  private static final byte[][] OWN = {
    "model".getBytes(US_ASCII),
    "messages".getBytes(US_ASCII),
    "stream".getBytes(US_ASCII),
    StreamText.OPTIONS.getBytes(US_ASCII)
  };

  private ChatBodies() {}

  /**
   * A chat of a request's parts.
   *
   * @param params an object with fields of the chat, which stay as they were written; null = none
   * @param model empty when the router may choose
   * @param messages null when there are none, which the scan refuses
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OpenAiRequestBody of(
      @Nullable JsonSlice params, String model, @Nullable JsonSlice messages, boolean stream) {
    int expected = 256 + length(params) + length(messages);
    JsonOutput chat = new JsonOutput(expected).object().field("model", model);
    if (messages != null) {
      chat.field("messages", messages);
    }
    chat.field("stream", stream);
    if (params != null) {
      copy(params.cursor(), chat);
    }
    return OpenAiRequestBody.scanModelOptional(Operation.CHAT, chat.endObject().toBytes());
  }

  private static int length(@Nullable JsonSlice part) {
    return part == null ? 0 : part.length();
  }

  private static void copy(JsonCursor params, JsonOutput chat) {
    params.enterObject();
    while (params.nextField()) {
      if (isOwn(params)) {
        params.skip();
      } else {
        chat.name(JsonText.of(params.name())).value(params.value());
      }
    }
  }

  private static boolean isOwn(JsonCursor field) {
    for (byte[] name : OWN) {
      if (field.nameIs(name)) {
        return true;
      }
    }
    return false;
  }

  /** A chat of one message, which may be answered in so many tokens. */
  public static OpenAiRequestBody of(String model, String message, long maxTokens) {
    String body =
        "{\"model\":"
            + JsonStrings.quoted(model)
            + ",\"messages\":[{\"role\":\"user\",\"content\":"
            + JsonStrings.quoted(message)
            + "}],\"max_tokens\":"
            + maxTokens
            + "}";
    return OpenAiRequestBody.scan(Operation.CHAT, body.getBytes(UTF_8));
  }
}
