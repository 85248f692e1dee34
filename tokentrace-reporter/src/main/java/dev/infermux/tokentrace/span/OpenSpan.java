package dev.infermux.tokentrace.span;

/**
 * A span that has its ids and waits for its facts. Belongs to one request, whose thread ends it
 * once; further ends do nothing. A span that is never ended is never exported.
 */
public non-sealed interface OpenSpan extends SpanParent {

  /** 32 lower-case hex digits; empty when spans are off and the caller sent no context. */
  String traceId();

  /** 16 lower-case hex digits; empty when spans are off and the caller sent no context. */
  String spanId();

  /**
   * The W3C header that makes the receiver's span a child of this one. When spans are off it is the
   * caller's own, passed on, or empty.
   */
  String traceparent();

  /** Whether the trace is sampled, as the incoming context decided; new traces are. */
  boolean sampled();

  /**
   * Ends the span.
   *
   * @param facts immutable; read here, or later on another thread
   */
  void end(long endEpochNanos, SpanFacts facts);
}
