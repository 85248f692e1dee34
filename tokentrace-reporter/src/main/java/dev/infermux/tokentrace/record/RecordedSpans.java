package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.trace.SpanKind;

/**
 * Spans of our own making. The request's thread draws ids and, at the end, encodes the facts once:
 * what waits for the export is flat bytes. Only where an export reads facts itself are they kept.
 */
public final class RecordedSpans implements Spans {
  private final SpanQueue queue;
  private final boolean keepsFacts;
  private final ThreadLocal<SpanEncoder> encoders = ThreadLocal.withInitial(SpanEncoder::new);

  /**
   * @param keepsFacts whether an export reads facts
   */
  public RecordedSpans(SpanQueue queue, boolean keepsFacts) {
    this.queue = queue;
    this.keepsFacts = keepsFacts;
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos) {
    return new RecordedSpan(Lineage.begin(kind, parent, startEpochNanos), this);
  }

  void ended(SpanStart beginning, long endEpochNanos, SpanFacts facts) {
    queue.offer(
        keepsFacts
            ? new FinishedSpan(beginning, endEpochNanos, facts)
            : encoded(beginning, endEpochNanos, facts));
  }

  private EndedSpan encoded(SpanStart beginning, long endEpochNanos, SpanFacts facts) {
    if (!beginning.context().sampled()) {
      return EncodedSpan.unsampled();
    }
    try {
      return encoders.get().encode(beginning, endEpochNanos, facts);
    } catch (RuntimeException e) {
      return EncodedSpan.unreadable(e);
    }
  }
}
