package dev.infermux.tokentrace.span;

import org.jspecify.annotations.Nullable;

/** What a new span hangs under: nothing, a span of another process, or an open span of this one. */
public sealed interface SpanParent permits NoParent, RemoteParent, OpenSpan {

  /** The span begins a trace of its own. */
  static SpanParent none() {
    return NoParent.INSTANCE;
  }

  /**
   * The span of the sender of two W3C headers. Anything malformed is as if it had not been sent.
   *
   * @param tracestate kept with the span; ignored without a good {@code traceparent}
   */
  static SpanParent remote(@Nullable String traceparent, @Nullable String tracestate) {
    TraceContext context = TraceContext.parse(traceparent);
    return context == null ? none() : RemoteParent.of(context, tracestate);
  }

  /**
   * The span named by a MIST message, sampled.
   *
   * @param spanId 16 hex digits, or 32 of which the last 16 are the W3C id
   */
  static SpanParent mist(String traceId, String spanId) {
    String id = spanId.length() == 32 ? spanId.substring(16) : spanId;
    return remote("00-" + traceId + "-" + id + "-01", null);
  }
}
