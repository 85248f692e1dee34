package dev.infermux.inference.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns a whole answer into the MIST InferResponse; the MIST doors and a wire need it. */
final class InferResponseJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private InferResponseJson() {}

  static byte[] of(Answer.Whole answer) {
    Settlement settled = answer.settlement();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("model", answer.route().model());
    json.put("provider", answer.route().provider());
    try {
      json.put("content", content(MAPPER.readTree(answer.body().getBytes())));
      json.put("tokens_in", settled.usage().promptTokens());
      json.put("tokens_out", settled.usage().completionTokens());
      json.put("cost_usd", settled.cost().amount().toDouble());
      json.put("latency_ms", settled.latencyMillis());
      json.put("finish_reason", settled.finishReason());
      return MAPPER.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that its provider accepted must parse", e);
    }
  }

  private static String content(JsonNode answer) {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode content = choice.path("message").path("content");
    return content.isTextual() ? content.textValue() : choice.path("text").asText("");
  }
}
