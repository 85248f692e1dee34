package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.RemoteParent;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans of an application's own OpenTelemetry: its tracer, sampler, ids and exporters. Each costs
 * the request's thread what a span of that SDK costs. A span's name and attributes are set at its
 * end, so its sampler sees neither.
 */
public final class LiveSpans implements Spans {
  private static final String SCOPE = "dev.infermux.tokentrace";

  private final Tracer tracer;
  private final @Nullable SpanQueue queue;

  /**
   * @param queue gets a copy of each span, for TokenTrace; null = no copies
   */
  public LiveSpans(OpenTelemetry application, SpanSource origin, @Nullable SpanQueue queue) {
    this.tracer = application.getTracer(SCOPE, origin.scope().getVersion());
    this.queue = queue;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos) {
    Context under = context(parent);
    Span span =
        tracer
            .spanBuilder(SCOPE)
            .setSpanKind(kind)
            .setParent(under)
            .setStartTimestamp(startEpochNanos, TimeUnit.NANOSECONDS)
            .startSpan();
    TraceContext above = Lineage.contextOf(parent);
    TraceContext drawn = drawn(span.getSpanContext(), Span.fromContext(under).getSpanContext());
    TraceContext own = drawn == null ? Lineage.next(above) : drawn;
    SpanStart beginning = new SpanStart(own, Lineage.under(parent, above), kind, startEpochNanos);
    return new LiveSpan(span, beginning, queue);
  }

  private static Context context(SpanParent parent) {
    if (parent instanceof LiveSpan live) {
      return Context.root().with(live.span());
    }
    TraceContext above = Lineage.contextOf(parent);
    if (above == null) {
      return Context.root();
    }
    TraceFlags flags = above.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    String sent = parent instanceof RemoteParent remote ? remote.tracestate() : "";
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            above.traceId(), above.spanId(), flags, TraceStates.parse(above, sent));
    return Context.root().with(Span.wrap(remote));
  }

  /** The ids that the SDK drew; null when it does nothing, and so passes on the parent's. */
  private static @Nullable TraceContext drawn(SpanContext span, SpanContext parent) {
    if (span.getSpanId().equals(parent.getSpanId())) {
      return null;
    }
    String flags = span.isSampled() ? "-01" : "-00";
    return TraceContext.parse("00-" + span.getTraceId() + "-" + span.getSpanId() + flags);
  }
}
