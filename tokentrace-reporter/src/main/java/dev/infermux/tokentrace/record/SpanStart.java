package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.TraceContext;
import io.opentelemetry.api.trace.SpanKind;

/** What is known of a span from its first moment. */
record SpanStart(TraceContext context, Lineage lineage, SpanKind kind, long startEpochNanos) {}
