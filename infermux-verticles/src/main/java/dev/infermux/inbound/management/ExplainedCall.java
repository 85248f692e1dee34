package dev.infermux.inbound.management;

import dev.infermux.dialect.mist.InferRequestReader;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.mist.MistIds;
import dev.infermux.time.Time;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** Makes the call that a body would have been, a chat-completions request or an InferRequest. */
final class ExplainedCall {

  private static final String INGRESS = "management";

  private ExplainedCall() {}

  /**
   * Reads either.
   *
   * @param whom as the headers say; {@code meta} speaks where they are silent
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  static Call of(byte[] body, Attribution whom, Time time) {
    InferRequestReader asked =
        isInferRequest(body)
            ? InferRequestReader.of(body, whom, false)
            : new InferRequestReader(
                OpenAiRequestBody.scanModelOptional(Operation.CHAT, body), null, whom, null);
    return asked.call(MistIds.newId(), INGRESS, time);
  }

  /** By the fields that only an InferRequest has; without any of them both mean the same. */
  private static boolean isInferRequest(byte[] body) {
    try {
      JsonObject json = new JsonObject(Buffer.buffer(body));
      return json.getValue("params") instanceof JsonObject
          || json.getValue("meta") instanceof JsonObject
          || json.getValue("provider") instanceof String;
    } catch (DecodeException malformed) {
      return false; // The scan of a chat request says what is wrong with it.
    }
  }
}
