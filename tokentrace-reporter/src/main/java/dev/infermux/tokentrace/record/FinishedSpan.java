package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.trace.SpanKind;

/**
 * A span that has ended, with its facts. Made on the request's thread out of references alone; the
 * rest is made by the exporter's thread, when it is asked for.
 */
public final class FinishedSpan implements EndedSpan {
  private final SpanStart beginning;
  private final long endEpochNanos;
  private final SpanFacts facts;

  FinishedSpan(SpanStart beginning, long endEpochNanos, SpanFacts facts) {
    this.beginning = beginning;
    this.endEpochNanos = endEpochNanos;
    this.facts = facts;
  }

  @Override
  public boolean sampled() {
    return beginning.context().sampled();
  }

  @Override
  public EncodedSpan encoded(SpanEncoder encoder) {
    return encoder.encode(beginning, endEpochNanos, facts);
  }

  @Override
  public FinishedSpan whole() {
    return this;
  }

  public SpanFacts facts() {
    return facts;
  }

  public SpanKind kind() {
    return beginning.kind();
  }

  /** 32 hex digits. */
  public String traceId() {
    return beginning.context().traceId();
  }

  /** 16 hex digits. */
  public String spanId() {
    return TraceContext.spanId(beginning.context().span());
  }

  /** The parent's id as TokenTrace gets it; empty for a root. */
  public String toldParentId() {
    return beginning.lineage().toldId();
  }

  public long startEpochNanos() {
    return beginning.startEpochNanos();
  }

  public long endEpochNanos() {
    return endEpochNanos;
  }
}
