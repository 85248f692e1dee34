package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.infermux.inference.Operation;
import dev.infermux.json.JsonStrings;
import org.jspecify.annotations.Nullable;

/** Writes chats of what came in other shapes. */
public final class ChatBodies {

  private static final JsonMapper MAPPER = new JsonMapper();

  private ChatBodies() {}

  /**
   * A chat of a request's parts.
   *
   * @param params fields of the chat, whose numbers stay as they were written; changed on the way
   * @param model empty when the router may choose
   * @param messages null when there are none, which the scan refuses
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OpenAiRequestBody of(
      ObjectNode params, String model, @Nullable JsonNode messages, boolean stream) {
    params.put("model", model);
    if (messages != null) {
      params.set("messages", messages);
    }
    params.put("stream", stream);
    params.remove("stream_options");
    try {
      return OpenAiRequestBody.scanModelOptional(Operation.CHAT, MAPPER.writeValueAsBytes(params));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
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
