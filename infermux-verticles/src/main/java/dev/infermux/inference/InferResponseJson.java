package dev.infermux.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.mist.InferResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns a whole answer into the MIST InferResponse; the MIST front APIs and a wire need it. */
final class InferResponseJson {

  /** An answer may hold an image or a sound as one base64 string. */
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(100_000_000).build())
              .build());

  private InferResponseJson() {}

  static byte[] of(Answer answer) {
    ServedBy servedBy = answer.head().servedBy();
    CallTotals totals = answer.end().result().totals();
    InferResponse response =
        new InferResponse(
            servedBy.model(),
            servedBy.provider(),
            content(answer),
            totals.usage().promptTokens(),
            totals.usage().completionTokens(),
            totals.cost().amount().toDouble(),
            totals.latencyMillis(),
            totals.finishReason());
    return response.json();
  }

  private static String content(Answer answer) {
    try {
      JsonNode choice = MAPPER.readTree(answer.bytes().getBytes()).path("choices").path(0);
      JsonNode content = choice.path("message").path("content");
      return content.isTextual() ? content.textValue() : choice.path("text").asText("");
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that its provider accepted must parse", e);
    }
  }
}
