package dev.infermux.tokentrace.span;

import io.opentelemetry.api.trace.SpanKind;

/**
 * Opens spans. Safe from any thread, never blocks and never throws: what cannot be exported is
 * dropped and counted.
 */
public interface Spans {

  /** Spans that are made and sent nowhere, nearly for free. */
  static Spans off() {
    return NoSpans.INSTANCE;
  }

  /** Whether anyone gets the spans; callers may skip collecting facts when not. */
  boolean enabled();

  /**
   * Draws the ids of a span.
   *
   * @param startEpochNanos wall clock, nanoseconds since the Unix epoch
   */
  OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos);
}
