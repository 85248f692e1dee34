package dev.infermux.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Turns a call into the MIST InferRequest it stands for; only a wire needs it. */
final class InferRequestJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private InferRequestJson() {}

  static byte[] of(Call call) {
    try {
      ObjectNode body = (ObjectNode) MAPPER.readTree(call.body().bytes());
      ObjectNode request = MAPPER.createObjectNode().put("model", call.model());
      if (call.pinnedProvider() != null) {
        request.put("provider", call.pinnedProvider());
      }
      JsonNode messages = body.remove("messages");
      if (messages != null) {
        request.set("messages", messages);
      }
      body.remove("model");
      if (!body.isEmpty()) {
        request.set("params", body);
      }
      request.set("meta", meta(call));
      return MAPPER.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a scanned body must parse", e);
    } catch (IOException e) {
      throw new IllegalStateException("reading an array can not fail", e);
    }
  }

  private static ObjectNode meta(Call call) {
    Attribution attribution = call.attribution();
    ObjectNode meta = MAPPER.createObjectNode().put("caller", attribution.caller());
    if (!attribution.project().isEmpty()) {
      meta.put("project", attribution.project());
    }
    if (!attribution.env().isEmpty()) {
      meta.put("env", attribution.env());
    }
    String traceparent = call.origin().traceparent();
    if (traceparent != null) {
      meta.put("traceparent", traceparent);
    }
    return meta;
  }
}
