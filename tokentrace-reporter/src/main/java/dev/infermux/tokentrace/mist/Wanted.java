package dev.infermux.tokentrace.mist;

import dev.infermux.tokentrace.record.FinishedSpan;
import io.opentelemetry.api.trace.SpanKind;

/** Which spans TokenTrace gets. */
final class Wanted {

  private Wanted() {}

  /** Those with an operation, and of these the CLIENT ones only if that is asked for. */
  static boolean by(FinishedSpan span, boolean attempts) {
    return span.facts().operation() != null && (attempts || span.kind() != SpanKind.CLIENT);
  }
}
