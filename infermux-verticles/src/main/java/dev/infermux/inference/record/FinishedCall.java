package dev.infermux.inference.record;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import java.util.List;

/**
 * A call record without its request body and credential: what may be kept, queued and handed on
 * without holding a prompt in memory or showing it to anyone; what was asked and answered is in it
 * only where it is captured.
 *
 * @param requestedModel as the caller named it; empty when left to the router
 * @param maxTokens what the caller allowed the model to write; -1 when not given
 */
public record FinishedCall(
    String requestId,
    String traceId,
    Operation operation,
    String requestedModel,
    boolean stream,
    long maxTokens,
    Attribution attribution,
    Origin origin,
    ServedBy servedBy,
    List<AttemptRecord> attempts,
    Outcome outcome,
    Usage usage,
    Cost cost,
    String finishReason,
    long startedEpochNanos,
    long latencyNanos,
    long firstTokenNanos,
    CallContent content) {

  /** The same call with other content. */
  public FinishedCall with(CallContent other) {
    return new FinishedCall(
        requestId,
        traceId,
        operation,
        requestedModel,
        stream,
        maxTokens,
        attribution,
        origin,
        servedBy,
        attempts,
        outcome,
        usage,
        cost,
        finishReason,
        startedEpochNanos,
        latencyNanos,
        firstTokenNanos,
        other);
  }

  public static FinishedCall of(CallRecord record) {
    Call call = record.call();
    return new FinishedCall(
        call.requestId(),
        record.traceId(),
        call.operation(),
        call.model(),
        call.stream(),
        call.body().facts().maxTokens(),
        call.attribution(),
        call.origin(),
        record.servedBy(),
        record.attempts(),
        record.outcome(),
        record.usage(),
        record.cost(),
        record.finishReason(),
        call.startedEpochNanos(),
        record.latencyNanos(),
        record.firstTokenNanos(),
        record.content());
  }
}
