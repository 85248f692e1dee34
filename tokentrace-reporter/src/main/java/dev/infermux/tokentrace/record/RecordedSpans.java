package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.trace.SpanKind;

/**
 * Spans of our own making: the request's thread draws ids and, at the end, queues a reference to
 * the facts. Everything dear, attributes and encoding above all, happens on the exporter's thread.
 */
public final class RecordedSpans implements Spans {
  private final SpanSource origin;
  private final SpanQueue queue;

  public RecordedSpans(SpanSource origin, SpanQueue queue) {
    this.origin = origin;
    this.queue = queue;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos) {
    return new RecordedSpan(Lineage.begin(kind, parent, startEpochNanos), origin, queue);
  }
}
