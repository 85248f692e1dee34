package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;

/**
 * Writes finished spans as OTLP's {@code Span}, straight from their facts into bytes. It keeps its
 * buffer, and writes spans that were sent anew. One thread.
 */
public final class SpanEncoder {
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int TRACE_STATE = 3;
  private static final int PARENT_SPAN_ID = 4;
  private static final int NAME = 5;
  private static final int KIND = 6;
  private static final int START = 7;
  private static final int END = 8;
  private static final int ATTRIBUTES = 9;
  private static final int STATUS = 15;
  private static final int FLAGS = 16;

  private static final int STATUS_MESSAGE = 2;
  private static final int STATUS_CODE = 3;
  private static final int ERROR = 2;

  /** The field of the message around it, {@code ScopeSpans}. */
  private static final int SPANS = 2;

  private static final int SAMPLED = 1;
  private static final int KNOWS_REMOTE = 0x100;
  private static final int REMOTE = 0x200;

  private final ProtoOutput out = new ProtoOutput();
  private final AttributeEncoder attributes = new AttributeEncoder(out);
  private final SpareSpans spare = new SpareSpans();

  /** Throws what the facts throw. */
  EncodedSpan encode(SpanStart beginning, long endEpochNanos, SpanFacts facts) {
    out.reset();
    TraceContext own = beginning.context();
    Lineage line = beginning.lineage();
    out.begin(TRACE_ID, 16);
    out.bigEndian(own.traceHigh());
    out.bigEndian(own.traceLow());
    out.begin(SPAN_ID, 8);
    out.bigEndian(own.span());
    if (!line.tracestate().isEmpty()) {
      state(TraceStates.parse(own, line.tracestate()));
    }
    if (line.parent() != 0) {
      out.begin(PARENT_SPAN_ID, 8);
      out.bigEndian(line.parent());
    }
    out.text(NAME, facts.name());
    out.number(KIND, kind(beginning.kind()));
    out.fixed64(START, beginning.startEpochNanos());
    out.fixed64(END, endEpochNanos);
    attributes(facts);
    status(facts);
    out.fixed32(FLAGS, flags(own, line));
    EncodedSpan span = EncodedSpan.lent(spare);
    out.asField(SPANS, span);
    return span;
  }

  private void state(TraceState state) {
    StringBuilder members = new StringBuilder();
    state.forEach(
        (key, value) ->
            members.append(members.isEmpty() ? "" : ",").append(key).append('=').append(value));
    if (!members.isEmpty()) {
      out.text(TRACE_STATE, members.toString());
    }
  }

  private void attributes(SpanFacts facts) {
    int before = out.length();
    attributes.begin(ATTRIBUTES);
    facts.attributes(attributes);
    if (attributes.repeated()) {
      AttributesBuilder collected = Attributes.builder();
      facts.attributes(collected);
      out.truncate(before);
      attributes.begin(ATTRIBUTES);
      attributes.putAll(collected.build());
    }
  }

  private void status(SpanFacts facts) {
    if (facts.failed()) {
      String text = facts.errorText();
      String told = text == null ? "" : text;
      out.begin(STATUS, ProtoOutput.sizeOfText(STATUS_MESSAGE, told) + 2);
      out.text(STATUS_MESSAGE, told);
      out.number(STATUS_CODE, ERROR);
    }
  }

  private static int flags(TraceContext own, Lineage line) {
    return (own.sampled() ? SAMPLED : 0)
        | KNOWS_REMOTE
        | (line.parent() != 0 && line.remote() ? REMOTE : 0);
  }

  private static int kind(SpanKind kind) {
    return switch (kind) {
      case INTERNAL -> 1;
      case SERVER -> 2;
      case CLIENT -> 3;
      case PRODUCER -> 4;
      case CONSUMER -> 5;
    };
  }
}
