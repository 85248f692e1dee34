package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code tracestate} with OpenTelemetry's own parser; what is malformed is left out. */
final class TraceStates {
  private TraceStates() {}

  static TraceState parse(TraceContext context, String tracestate) {
    if (tracestate.isEmpty()) {
      return TraceState.getDefault();
    }
    Map<String, String> headers =
        Map.of("traceparent", context.traceparent(), "tracestate", tracestate);
    Context read =
        W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Headers.READER);
    return Span.fromContext(read).getSpanContext().getTraceState();
  }

  /** Lets the propagator read a map. */
  private enum Headers implements TextMapGetter<Map<String, String>> {
    READER;

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
