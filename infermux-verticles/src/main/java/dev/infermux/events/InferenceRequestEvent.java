package dev.infermux.events;

import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;

/**
 * A call has finished, ok or not. Its JSON is made only when asked for, and holds neither messages
 * nor error texts, which may quote them.
 */
record InferenceRequestEvent(FinishedCall call) implements Payload {

  public static final String TYPE = MistType.EVENT_INFERENCE_REQUEST;

  @Override
  public byte[] json() {
    ServedBy servedBy = call.servedBy();
    JsonWriter json =
        EventJson.begin(call)
            .text("ingress", call.origin().ingress())
            .text("operation", call.operation().wireName())
            .text("requested_model", call.requestedModel())
            .textIfAny("model", servedBy.model())
            .textIfAny("provider", servedBy.provider())
            .textIfAny("strategy", servedBy.strategy())
            .textIfAny("route_group", servedBy.group())
            .textIfAny("model_override", servedBy.override())
            .flag("stream", call.stream())
            .objects("attempts", call.attempts(), InferenceRequestEvent::attempt)
            .text("status", call.outcome().status())
            .integer("http_status", call.outcome().httpStatus());
    Failure failure = call.outcome().failure();
    if (failure != null) {
      json.text("error_code", failure.code());
    }
    json.integer("tokens_in", call.usage().promptTokens())
        .integer("tokens_out", call.usage().completionTokens());
    EventJson.usd(json, "cost_usd", call.cost().amount());
    json.integer("started_ns", call.startedEpochNanos())
        .integer("latency_ms", EventJson.millis(call.latencyNanos()));
    if (call.firstTokenNanos() > 0) {
      json.integer("ttft_ms", EventJson.millis(call.firstTokenNanos()));
    }
    return json.textIfAny("finish_reason", call.finishReason()).end();
  }

  private static void attempt(JsonWriter json, AttemptRecord attempt) {
    json.text("provider", attempt.provider())
        .text("model", attempt.model())
        .text("status", attempt.kind() == null ? "ok" : "error");
    if (attempt.kind() != null) {
      json.text("error_kind", attempt.kind().wireName());
    }
    if (attempt.status() != 0) {
      json.integer("http_status", attempt.status());
    }
    if (attempt.droppedChunks() > 0) {
      json.integer("dropped_chunks", attempt.droppedChunks());
    }
    json.textIfAny("span_id", attempt.spanId())
        .integer("started_ns", attempt.startedEpochNanos())
        .integer("duration_ms", EventJson.millis(attempt.durationNanos()));
  }
}
