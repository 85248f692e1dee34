package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;

/** An open span that is nothing but its ids. */
final class RecordedSpan implements StartedSpan {
  private final SpanStart beginning;
  private final RecordedSpans spans;
  private boolean ended;
  private String spanId = "";

  RecordedSpan(SpanStart beginning, RecordedSpans spans) {
    this.beginning = beginning;
    this.spans = spans;
  }

  @Override
  public SpanStart beginning() {
    return beginning;
  }

  @Override
  public String traceId() {
    return beginning.context().traceId();
  }

  @Override
  public String spanId() {
    if (spanId.isEmpty()) {
      spanId = beginning.context().spanId();
    }
    return spanId;
  }

  @Override
  public String traceparent() {
    return beginning.context().traceparent();
  }

  @Override
  public boolean sampled() {
    return beginning.context().sampled();
  }

  @Override
  public void end(long endEpochNanos, SpanFacts facts) {
    if (!ended) {
      ended = true;
      spans.ended(beginning, endEpochNanos, facts);
    }
  }
}
