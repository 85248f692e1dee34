package dev.infermux.inbound.management;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.json.JsonWriter;
import java.time.Instant;

/** A finished call as JSON: neither messages nor error texts, which may quote them. */
final class RequestJson {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private RequestJson() {}

  static void fill(JsonWriter json, FinishedCall call) {
    whom(json, call);
    route(json, call.servedBy());
    json.objects(
        "attempts",
        call.attempts(),
        (row, attempt) -> attempt(row, attempt, call.startedEpochNanos()));
    outcome(json, call);
    money(json, call);
    json.text("started_at", started(call).toString())
        .integer("latency_ms", millis(call.latencyNanos()));
    if (call.firstTokenNanos() > 0) {
      json.integer("ttft_ms", millis(call.firstTokenNanos()));
    }
    json.textIfAny("finish_reason", call.finishReason());
  }

  private static void whom(JsonWriter json, FinishedCall call) {
    Attribution whom = call.attribution();
    json.text("request_id", call.requestId())
        .textIfAny("trace_id", call.traceId())
        .text("caller", whom.caller())
        .textIfAny("project", whom.project())
        .textIfAny("env", whom.env())
        .text("ingress", call.origin().ingress())
        .text("operation", call.operation().wireName())
        .flag("stream", call.stream())
        .text("requested_model", call.requestedModel());
  }

  private static void route(JsonWriter json, ServedBy servedBy) {
    json.textIfAny("model", servedBy.model())
        .textIfAny("provider", servedBy.provider())
        .textIfAny("route_group", servedBy.group())
        .textIfAny("strategy", servedBy.strategy())
        .textIfAny("model_override", servedBy.override());
    if (servedBy.loweredTo() > 0) {
      json.integer("max_tokens_lowered_to", servedBy.loweredTo());
    }
  }

  private static void attempt(JsonWriter json, AttemptRecord attempt, long callStarted) {
    json.text("provider", attempt.provider()).text("model", attempt.model());
    json.text("status", attempt.kind() == null ? "ok" : "error");
    if (attempt.kind() != null) {
      json.text("error_kind", attempt.kind().wireName());
    }
    if (attempt.status() != 0) {
      json.integer("http_status", attempt.status());
    }
    json.textIfAny("span_id", attempt.spanId())
        .integer("started_after_ms", Math.max(0, millis(attempt.startedEpochNanos() - callStarted)))
        .integer("duration_ms", millis(attempt.durationNanos()));
    AttemptCost charge = attempt.charge();
    if (charge != null) {
      CostsJson.usd(json, "cost_usd", charge.cost().amount());
      long billed = charge.usage().terms().billedNanos();
      if (billed >= 0) {
        CostsJson.usd(json, "billed_usd", new Usd(billed));
      }
    }
  }

  private static void outcome(JsonWriter json, FinishedCall call) {
    json.text("status", call.outcome().status())
        .integer("http_status", call.outcome().httpStatus());
    Failure failure = call.outcome().failure();
    if (failure != null) {
      json.text("error_code", failure.code());
    }
  }

  /** A call that was charged nothing has no status of its cost. */
  private static void money(JsonWriter json, FinishedCall call) {
    Usage usage = call.usage();
    boolean charged = call.attempts().stream().anyMatch(attempt -> attempt.charge() != null);
    json.integer("prompt_tokens", usage.promptTokens())
        .integer("completion_tokens", usage.completionTokens())
        .integer("cached_tokens", usage.cachedTokens())
        .integer("reasoning_tokens", usage.reasoning());
    CostsJson.usd(json, "cost_usd", call.cost().amount());
    json.value("cost_status", charged ? call.cost().status().wireName() : null);
  }

  private static Instant started(FinishedCall call) {
    long nanos = call.startedEpochNanos();
    return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
  }

  private static long millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }
}
