package dev.infermux.tokentrace.span;

import org.jspecify.annotations.Nullable;

/**
 * A span of another process.
 *
 * @param tracestate as it was sent, not yet parsed; empty when there was none
 */
public record RemoteParent(TraceContext context, String tracestate) implements SpanParent {

  /** W3C asks to carry at least this many characters; what is longer is dropped. */
  private static final int LONGEST_TRACESTATE = 512;

  static RemoteParent of(TraceContext context, @Nullable String tracestate) {
    String state = tracestate == null ? "" : tracestate;
    return new RemoteParent(context, state.length() <= LONGEST_TRACESTATE ? state : "");
  }
}
