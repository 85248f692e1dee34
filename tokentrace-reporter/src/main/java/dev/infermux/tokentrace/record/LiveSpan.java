package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open span of an application's tracer. */
final class LiveSpan implements StartedSpan {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSpan.class);

  private final Span span;
  private final SpanStart beginning;
  private final @Nullable SpanQueue queue;
  private boolean ended;

  LiveSpan(Span span, SpanStart beginning, @Nullable SpanQueue queue) {
    this.span = span;
    this.beginning = beginning;
    this.queue = queue;
  }

  Span span() {
    return span;
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
    if (ended) {
      return;
    }
    ended = true;
    try {
      tell(facts);
    } catch (RuntimeException e) {
      // The application's SDK and its processors run here; their trouble is not the request's.
      LOG.debug("span without its facts", e);
    }
    span.end(endEpochNanos, TimeUnit.NANOSECONDS);
    if (queue != null) {
      queue.offer(new FinishedSpan(beginning, endEpochNanos, facts));
    }
  }

  private void tell(SpanFacts facts) {
    if (!span.isRecording()) {
      return;
    }
    span.updateName(facts.name());
    AttributesBuilder attributes = Attributes.builder();
    facts.attributes(attributes);
    span.setAllAttributes(attributes.build());
    if (facts.failed()) {
      String text = facts.errorText();
      span.setStatus(StatusCode.ERROR, text == null ? "" : text);
    }
  }
}
