package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.RemoteParent;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;

/**
 * Where a span comes from.
 *
 * @param parent the parent's span id; 0 for a root
 * @param remote whether the parent is of another process
 * @param told the parent as TokenTrace gets it: it gets no SERVER spans, so the children of one
 *     hang under its own parent; 0 for a root
 * @param toldRemote whether that parent is of another process
 * @param tracestate as it came in, not yet parsed
 */
record Lineage(long parent, boolean remote, long told, boolean toldRemote, String tracestate) {

  private static final Lineage ROOT = new Lineage(0, false, 0, false, "");

  static SpanStart begin(SpanKind kind, SpanParent parent, long startEpochNanos) {
    TraceContext above = contextOf(parent);
    return new SpanStart(next(above), under(parent, above), kind, startEpochNanos);
  }

  /** New ids below the given ones. */
  static TraceContext next(@Nullable TraceContext above) {
    return above == null ? TraceContext.root() : above.child();
  }

  static Lineage under(SpanParent parent, @Nullable TraceContext context) {
    if (context == null) {
      return ROOT;
    }
    if (parent instanceof StartedSpan begun) {
      SpanStart above = begun.beginning();
      Lineage line = above.lineage();
      boolean hidden = above.kind() == SpanKind.SERVER;
      long told = hidden ? line.told() : context.span();
      return new Lineage(
          context.span(), false, told, hidden && line.toldRemote(), line.tracestate());
    }
    String tracestate = parent instanceof RemoteParent remote ? remote.tracestate() : "";
    return new Lineage(context.span(), true, context.span(), true, tracestate);
  }

  /**
   * The parent's id as TokenTrace gets it; empty for a root. A MIST tool names its span of 32
   * digits in {@code tracestate: mist=…}, since {@code traceparent} has room for 16.
   */
  String toldId() {
    if (told == 0) {
      return "";
    }
    String named = toldRemote ? MistParent.in(tracestate) : "";
    return named.isEmpty() ? TraceContext.spanId(told) : named;
  }

  static @Nullable TraceContext contextOf(SpanParent parent) {
    if (parent instanceof StartedSpan begun) {
      return begun.beginning().context();
    }
    if (parent instanceof RemoteParent remote) {
      return remote.context();
    }
    return parent instanceof OpenSpan open ? TraceContext.parse(open.traceparent()) : null;
  }
}
