package dev.infermux.tokentrace.record;

/**
 * A span that has ended, on its way to the exports: with its facts, where one of them reads those,
 * else as nothing but the bytes that are sent.
 */
public sealed interface EndedSpan permits EncodedSpan, FinishedSpan {

  boolean sampled();

  /**
   * As OTLP writes it. Throws what the span's facts threw, or throw.
   *
   * @param encoder of the thread that asks
   */
  EncodedSpan encoded(SpanEncoder encoder);

  /** With its facts, of which only exports may ask that said that they read them. */
  FinishedSpan whole();
}
