package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished OpenTelemetry span. Made on the request's thread out of references alone; the rest is
 * made when it is asked for, first by the exporter's thread.
 */
public final class FinishedSpan implements SpanData {
  private final SpanSource origin;
  private final SpanStart beginning;
  private final long endEpochNanos;
  private final SpanFacts facts;

  private @Nullable SpanContext context;
  private @Nullable SpanContext parentContext;
  private @Nullable Attributes attributes;

  FinishedSpan(SpanSource origin, SpanStart beginning, long endEpochNanos, SpanFacts facts) {
    this.origin = origin;
    this.beginning = beginning;
    this.endEpochNanos = endEpochNanos;
    this.facts = facts;
  }

  public SpanFacts facts() {
    return facts;
  }

  /** The parent's id as TokenTrace gets it; empty for a root. */
  public String toldParentId() {
    return beginning.lineage().toldId();
  }

  @Override
  public String getName() {
    return facts.name();
  }

  @Override
  public SpanKind getKind() {
    return beginning.kind();
  }

  @Override
  public SpanContext getSpanContext() {
    if (context == null) {
      TraceContext own = beginning.context();
      context = SpanContext.create(own.traceId(), own.spanId(), flags(), state());
    }
    return context;
  }

  @Override
  public SpanContext getParentSpanContext() {
    if (parentContext == null) {
      parentContext = parent(beginning.lineage());
    }
    return parentContext;
  }

  private SpanContext parent(Lineage lineage) {
    if (lineage.parent() == 0) {
      return SpanContext.getInvalid();
    }
    String span = TraceContext.spanId(lineage.parent());
    return lineage.remote()
        ? SpanContext.createFromRemoteParent(getTraceId(), span, flags(), state())
        : SpanContext.create(getTraceId(), span, flags(), state());
  }

  private TraceFlags flags() {
    return beginning.context().sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
  }

  private TraceState state() {
    return TraceStates.parse(beginning.context(), beginning.lineage().tracestate());
  }

  @Override
  public StatusData getStatus() {
    if (!facts.failed()) {
      return StatusData.unset();
    }
    String text = facts.errorText();
    return StatusData.create(StatusCode.ERROR, text == null ? "" : text);
  }

  @Override
  public long getStartEpochNanos() {
    return beginning.startEpochNanos();
  }

  @Override
  public long getEndEpochNanos() {
    return endEpochNanos;
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public Attributes getAttributes() {
    if (attributes == null) {
      AttributesBuilder builder = Attributes.builder();
      facts.attributes(builder);
      attributes = builder.build();
    }
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return getAttributes().size();
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return origin.scope();
  }

  @Override
  @Deprecated
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    InstrumentationScopeInfo scope = origin.scope();
    return InstrumentationLibraryInfo.create(scope.getName(), scope.getVersion());
  }

  @Override
  public Resource getResource() {
    return origin.resource();
  }
}
