package dev.infermux.events.tracing;

import dev.infermux.tokentrace.span.FlatAttributes;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.RemoteParent;
import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps ended spans for a test to look at. */
final class RecordedSpans implements Spans {

  final List<Recorded> ended = new ArrayList<>();

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public OpenSpan start(SpanKind kind, SpanParent parent, long startEpochNanos) {
    return new Open(kind, parent, startEpochNanos, contextBelow(parent));
  }

  Recorded named(String name) {
    return ended.stream().filter(span -> span.facts.name().equals(name)).findFirst().orElseThrow();
  }

  private static TraceContext contextBelow(SpanParent parent) {
    if (parent instanceof Open open) {
      return open.context.child();
    }
    return parent instanceof RemoteParent remote ? remote.context().child() : TraceContext.root();
  }

  /** An ended span. */
  record Recorded(
      SpanKind kind, TraceContext context, SpanParent parent, long[] times, SpanFacts facts) {

    String parentId() {
      if (parent instanceof OpenSpan open) {
        return open.spanId();
      }
      return parent instanceof RemoteParent remote ? remote.context().spanId() : "";
    }

    Map<String, Object> attributes() {
      AttributesBuilder builder = Attributes.builder();
      facts.attributes(builder);
      Map<String, Object> map = new TreeMap<>();
      builder.build().forEach((key, value) -> map.put(key.getKey(), value));
      return map;
    }

    Map<String, Object> flat() {
      Flat flat = new Flat();
      facts.flatAttributes(flat);
      return flat.map;
    }
  }

  private final class Open implements OpenSpan {
    private final SpanKind kind;
    private final SpanParent parent;
    private final long start;
    private final TraceContext context;

    Open(SpanKind kind, SpanParent parent, long start, TraceContext context) {
      this.kind = kind;
      this.parent = parent;
      this.start = start;
      this.context = context;
    }

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
    public void end(long endEpochNanos, SpanFacts facts) {
      ended.add(new Recorded(kind, context, parent, new long[] {start, endEpochNanos}, facts));
    }
  }

  private static final class Flat implements FlatAttributes {
    private final Map<String, Object> map = new LinkedHashMap<>();

    @Override
    public FlatAttributes put(String name, String value) {
      return any(name, value.isEmpty() ? null : value);
    }

    @Override
    public FlatAttributes put(String name, long value) {
      return any(name, value);
    }

    @Override
    public FlatAttributes put(String name, double value) {
      return any(name, value);
    }

    @Override
    public FlatAttributes put(String name, boolean value) {
      return any(name, value);
    }

    private Flat any(String name, Object value) {
      if (value != null) {
        map.put(name, value);
      }
      return this;
    }
  }
}
