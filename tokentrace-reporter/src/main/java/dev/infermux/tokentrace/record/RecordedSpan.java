package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;

/** An open span that is nothing but its ids. */
final class RecordedSpan implements StartedSpan {
  private final SpanStart beginning;
  private final SpanSource origin;
  private final SpanQueue queue;
  private boolean ended;

  RecordedSpan(SpanStart beginning, SpanSource origin, SpanQueue queue) {
    this.beginning = beginning;
    this.origin = origin;
    this.queue = queue;
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
    return beginning.context().spanId();
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
      queue.offer(new FinishedSpan(origin, beginning, endEpochNanos, facts));
    }
  }
}
