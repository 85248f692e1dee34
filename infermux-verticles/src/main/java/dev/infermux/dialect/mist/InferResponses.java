package dev.infermux.dialect.mist;

import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.Answer;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.ServedBy;
import dev.infermux.mist.InferResponse;

/** Turns a whole answer into MIST's InferResponse. */
public final class InferResponses {

  private InferResponses() {}

  /** What a whole answer is to a caller who asked in MIST. */
  public static InferResponse of(Answer answer) {
    ServedBy servedBy = answer.head().servedBy();
    CallTotals totals = answer.end().result().totals();
    return new InferResponse(
        servedBy.model(),
        servedBy.provider(),
        StreamText.ofWhole(answer.bytes().getBytes()),
        totals.usage().promptTokens(),
        totals.usage().completionTokens(),
        totals.cost().amount().toDouble(),
        totals.latencyMillis(),
        totals.finishReason());
  }
}
