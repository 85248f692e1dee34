package dev.infermux.tokentrace.span;

/** No parent: the span is a root. */
enum NoParent implements SpanParent {
  INSTANCE
}
