package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * Ends a request that is under way: {@code infer.cancel}, an extension of this project.
 *
 * @param requestId id of the envelope that carried the request
 */
public record InferCancel(String requestId) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().text("request_id", requestId).end();
  }

  static InferCancel read(JsonFields in) {
    return new InferCancel(in.text("request_id"));
  }
}
