package dev.infermux.tokentrace.record;

import dev.infermux.tokentrace.span.OpenSpan;

/** An open span of this process, of either kind. */
interface StartedSpan extends OpenSpan {
  SpanStart beginning();
}
