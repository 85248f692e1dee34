package dev.infermux.tokentrace.span;

import io.opentelemetry.api.trace.SpanKind;

/** Makes no spans and passes an incoming context on untouched. */
enum NoSpans implements Spans {
  INSTANCE;

  @Override
  public boolean enabled() {
    return false;
  }

  @Override
  public OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos) {
    if (parent instanceof OpenSpan open) {
      return open;
    }
    return parent instanceof RemoteParent remote
        ? new PassedOn(remote.context())
        : Nothing.INSTANCE;
  }

  /** Stands for a span in a process that makes none, below a caller that does. */
  private record PassedOn(TraceContext context) implements OpenSpan {
    @Override
    public String traceId() {
      return context.traceId();
    }

    @Override
    public String spanId() {
      return context.spanId();
    }

    @Override
    public String traceparent() {
      return context.traceparent();
    }

    @Override
    public boolean sampled() {
      return context.sampled();
    }

    @Override
    public void end(long endEpochNanos, SpanFacts facts) {}
  }

  /** The span when tracing is off. */
  private enum Nothing implements OpenSpan {
    INSTANCE;

    @Override
    public String traceId() {
      return "";
    }

    @Override
    public String spanId() {
      return "";
    }

    @Override
    public String traceparent() {
      return "";
    }

    @Override
    public boolean sampled() {
      return false;
    }

    @Override
    public void end(long endEpochNanos, SpanFacts facts) {}
  }
}
