package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/**
 * How an answer ended: known at once for a whole answer, and at its last event for a stream.
 *
 * @param model the model the provider says it used; empty when it did not say
 * @param usage what the provider reported, or null
 * @param contentChars characters of content, for an estimate where usage is null
 * @param firstTokenNanos {@link System#nanoTime()} at a stream's first content; 0 when none came
 * @param chunks the pieces in which its content came
 * @param droppedChunks malformed chunks that were left out
 * @param failure null when the answer is whole
 * @param servedBy which attempt it came from; {@link ServedBy#NONE} until a stage has said so
 * @param totals what it cost; {@link CallTotals#NONE} until it is priced
 */
public record End(
    String model,
    @Nullable Usage usage,
    @Nullable String finishReason,
    long contentChars,
    long firstTokenNanos,
    Chunks chunks,
    int droppedChunks,
    @Nullable Failure failure,
    ServedBy servedBy,
    CallTotals totals) {

  /** The end of a whole answer, as a provider sees it. */
  public static End whole(
      String model, @Nullable Usage usage, @Nullable String finishReason, long contentChars) {
    return new End(
        ReportedName.of(model),
        usage,
        finishReason == null ? null : ReportedName.of(finishReason),
        contentChars,
        0,
        Chunks.NONE,
        0,
        null,
        ServedBy.NONE,
        CallTotals.NONE);
  }

  /** Of a stream of which nothing else can be said. */
  static End failed(Failure failure) {
    return new End("", null, null, 0, 0, Chunks.NONE, 0, failure, ServedBy.NONE, CallTotals.NONE);
  }

  /** The same end with the reason in another dialect's word. */
  public End withFinishReason(@Nullable String reason) {
    return new End(
        model,
        usage,
        reason,
        contentChars,
        firstTokenNanos,
        chunks,
        droppedChunks,
        failure,
        servedBy,
        totals);
  }

  /** The same end of an answer that came from this attempt and cost this much. */
  public End with(ServedBy by, CallTotals spent) {
    return new End(
        model,
        usage,
        finishReason,
        contentChars,
        firstTokenNanos,
        chunks,
        droppedChunks,
        failure,
        by,
        spent);
  }

  /** The same end of a stream that began earlier and may have failed for another reason. */
  public End with(long firstToken, @Nullable Failure reason) {
    return new End(
        model,
        usage,
        finishReason,
        contentChars,
        firstToken,
        chunks,
        droppedChunks,
        reason,
        servedBy,
        totals);
  }
}
