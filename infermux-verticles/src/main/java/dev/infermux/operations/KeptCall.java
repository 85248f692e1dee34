package dev.infermux.operations;

import dev.infermux.inference.Failure;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.FinishedCall;
import org.jspecify.annotations.Nullable;

/** A finished call that is kept, without what was asked and answered. */
record KeptCall(FinishedCall call, int textLength) {

  static KeptCall of(FinishedCall call) {
    FinishedCall kept =
        call.content().equals(CallContent.NONE) ? call : call.with(CallContent.NONE);
    return new KeptCall(kept, length(kept));
  }

  /** How many characters of it are others' words. */
  private static int length(FinishedCall call) {
    int length = call.requestId().length() + call.requestedModel().length();
    length += call.attribution().caller().length() + call.attribution().project().length();
    length += length(call.origin().userAgent()) + length(call.origin().tracestate());
    length += call.servedBy().model().length() + call.finishReason().length();
    Failure failure = call.outcome().failure();
    length += failure == null ? 0 : failure.message().length();
    for (AttemptRecord attempt : call.attempts()) {
      length += attempt.message().length();
    }
    return length;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
