package dev.infermux.events.tracing;

import dev.infermux.events.FailureText;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.tokentrace.span.FlatAttributes;
import dev.infermux.tokentrace.span.GenAi;
import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The span of the routing: the only one of a call that carries its tokens and cost, so that a
 * backend that sums over spans counts them once.
 */
record InferFacts(FinishedCall call, GenAi names) implements SpanFacts {

  static final String OPERATION = "infermux.infer";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;

  @Override
  public String name() {
    return OPERATION;
  }

  /** A caller that left is no failure. */
  @Override
  public boolean failed() {
    return call.outcome().status().equals("error");
  }

  @Override
  public boolean timedOut() {
    return call.outcome().failure() instanceof Failure.UpstreamTimeout;
  }

  @Override
  public @Nullable String errorText() {
    Failure failure = call.outcome().failure();
    return failed() && failure != null ? FailureText.of(failure) : null;
  }

  @Override
  public void attributes(AttributesBuilder into) {
    request(into);
    route(into);
    usage(into);
    if (!call.finishReason().isEmpty()) {
      into.put(GenAi.FINISH_REASONS, List.of(call.finishReason()));
    }
    if (call.firstTokenNanos() > 0) {
      into.put(GenAi.TIME_TO_FIRST_CHUNK, call.firstTokenNanos() / NANOS_PER_SECOND);
    }
    content(into, call.content());
    Failure failure = call.outcome().failure();
    if (failed() && failure != null) {
      into.put(GenAi.ERROR_TYPE, failure.code());
    }
  }

  private static void content(AttributesBuilder into, CallContent content) {
    SpanAttributes.putIfAny(into, GenAi.SYSTEM_INSTRUCTIONS, content.instructions());
    SpanAttributes.putIfAny(into, GenAi.INPUT_MESSAGES, content.input());
    SpanAttributes.putIfAny(into, GenAi.TOOL_DEFINITIONS, content.tools());
    SpanAttributes.putIfAny(into, GenAi.OUTPUT_MESSAGES, content.output());
  }

  private void request(AttributesBuilder into) {
    into.put(GenAi.OPERATION, call.operation().wireName());
    SpanAttributes.putIfAny(into, GenAi.REQUEST_MODEL, call.requestedModel());
    if (call.stream()) {
      into.put(GenAi.REQUEST_STREAM, true);
    }
    if (call.maxTokens() >= 0) {
      into.put(GenAi.MAX_TOKENS, call.maxTokens());
    }
    Attribution whom = call.attribution();
    into.put(SpanAttributes.REQUEST_ID, call.requestId())
        .put(SpanAttributes.INGRESS, call.origin().ingress())
        .put(SpanAttributes.CALLER, whom.caller());
    SpanAttributes.putIfAny(into, SpanAttributes.PROJECT, whom.project());
    SpanAttributes.putIfAny(into, SpanAttributes.ENV, whom.env());
  }

  private void route(AttributesBuilder into) {
    ServedBy servedBy = call.servedBy();
    into.put(SpanAttributes.STATUS, call.outcome().status())
        .put(SpanAttributes.ATTEMPTS, (long) servedBy.attempts());
    SpanAttributes.putIfAny(into, SpanAttributes.PROVIDER, servedBy.provider());
    SpanAttributes.putIfAny(into, GenAi.RESPONSE_MODEL, servedBy.model());
    SpanAttributes.putIfAny(into, SpanAttributes.STRATEGY, servedBy.strategy());
    SpanAttributes.putIfAny(into, SpanAttributes.GROUP, servedBy.group());
    SpanAttributes.putIfAny(into, SpanAttributes.OVERRIDE, servedBy.override());
  }

  private void usage(AttributesBuilder into) {
    Usage usage = call.usage();
    if (usage.equals(Usage.NONE)) {
      return; // Counts that are not known are not reported.
    }
    into.put(GenAi.INPUT_TOKENS, usage.promptTokens())
        .put(GenAi.OUTPUT_TOKENS, usage.completionTokens());
    putIfSome(into, usage.cacheRead(), GenAi.CACHE_READ_TOKENS);
    putIfSome(into, usage.cacheWrite5m() + usage.cacheWrite1h(), names.cacheWriteTokens());
    putIfSome(into, usage.reasoning(), GenAi.REASONING_TOKENS);
    if (usage.estimated()) {
      into.put(SpanAttributes.ESTIMATED, true);
    }
    into.put(SpanAttributes.COST, call.cost().amount().toDouble())
        .put(SpanAttributes.COST_STATUS, call.cost().status().wireName());
  }

  private static void putIfSome(AttributesBuilder into, long tokens, AttributeKey<Long> key) {
    if (tokens > 0) {
      into.put(key, tokens);
    }
  }

  @Override
  public String operation() {
    return OPERATION;
  }

  @Override
  public void flatAttributes(FlatAttributes into) {
    ServedBy servedBy = call.servedBy();
    Attribution whom = call.attribution();
    Usage usage = call.usage();
    into.put("provider", servedBy.provider())
        .put("model", servedBy.model().isEmpty() ? call.requestedModel() : servedBy.model())
        .usage(usage.promptTokens(), usage.completionTokens(), call.cost().amount().toDouble())
        .put("latency_ms", call.latencyNanos() / NANOS_PER_MILLI)
        .put("finish_reason", call.finishReason())
        .put("caller", whom.caller())
        .put("project", whom.project())
        .put("env", whom.env())
        .put("strategy", servedBy.strategy())
        .put("route_group", servedBy.group())
        .put("request_id", call.requestId());
    if (call.firstTokenNanos() > 0) {
      into.put("ttft_ms", call.firstTokenNanos() / NANOS_PER_MILLI);
    }
    Failure failure = call.outcome().failure();
    if (failed() && failure != null) {
      into.put("error", FailureText.of(failure));
    }
  }
}
