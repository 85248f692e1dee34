package dev.infermux.operations;

import dev.infermux.inference.Failure;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.FinishedCall;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished call that is kept, without what was asked and answered. It is used again for another
 * call later, so that a place grows old once, and nothing of a plain call outlives a collection.
 */
final class KeptCall {

  /** A plain call takes some 600; one that does not fit is kept as it is. */
  private static final int MOST_BYTES = 1_024;

  private final ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
  private @Nullable FinishedCall whole;
  private int textLength;

  /** Replaces what was kept here. */
  void keep(FinishedCall call) {
    whole = null;
    if (!PlainCall.write(call, bytes.clear())) {
      boolean bare = call.content().equals(CallContent.NONE);
      whole = bare ? call : call.with(CallContent.NONE);
    }
    textLength = length(call);
  }

  FinishedCall call() {
    return Objects.requireNonNullElseGet(whole, () -> PlainCall.read(bytes.rewind()));
  }

  /** How many characters of it are others' words. */
  int textLength() {
    return textLength;
  }

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
