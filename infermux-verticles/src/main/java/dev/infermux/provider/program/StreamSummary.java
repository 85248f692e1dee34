package dev.infermux.provider.program;

import dev.infermux.api.ChatChunk;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;

/** What a program's stream has said by now of its usage and its end. */
final class StreamSummary {

  private final Ticker ticker;
  private @Nullable Usage usage;
  private String finishReason = "";
  private long characters;
  private long firstTokenNanos;

  StreamSummary(Ticker ticker) {
    this.ticker = ticker;
  }

  void note(ChatChunk chunk) {
    usage = chunk.usage() == null ? usage : chunk.usage();
    for (ChatChunk.Choice choice : chunk.choices()) {
      characters += choice.content().codePointCount(0, choice.content().length());
      finishReason = finishReason.isEmpty() ? choice.finishReason() : finishReason;
      if (firstTokenNanos == 0 && (!choice.content().isEmpty() || !choice.toolCalls().isEmpty())) {
        firstTokenNanos = ticker.nanos();
      }
    }
  }

  @Nullable Usage usage() {
    return usage;
  }

  /** Whether a chunk has said why the answer ends. */
  boolean finished() {
    return !finishReason.isEmpty();
  }

  End end(String model, @Nullable Failure failure) {
    String reason = finishReason.isEmpty() ? null : finishReason;
    return new End(
        model,
        usage,
        reason,
        characters,
        firstTokenNanos,
        0,
        failure,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
