package dev.infermux.provider.program;

import dev.infermux.api.ChatChunk;
import dev.infermux.dialect.ChunkTimer;
import dev.infermux.dialect.Completeness;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;

/** What a program's stream has said by now of its usage and its end. */
final class StreamSummary {

  private final ChunkTimer chunks;
  private final Completeness completeness = new Completeness(1);
  private @Nullable Usage usage;
  private String finishReason = "";
  private long characters;

  StreamSummary(Ticker ticker) {
    this.chunks = new ChunkTimer(ticker);
  }

  void note(ChatChunk chunk) {
    usage = chunk.usage() == null ? usage : chunk.usage();
    boolean speaks = false;
    for (ChatChunk.Choice choice : chunk.choices()) {
      characters += choice.content().codePointCount(0, choice.content().length());
      if (finishReason.isEmpty() || Completeness.isError(choice.finishReason())) {
        finishReason = choice.finishReason();
      }
      speaks |= !choice.content().isEmpty() || !choice.toolCalls().isEmpty();
      completeness.begins(choice.index());
      completeness.ends(choice.index(), choice.finishReason());
    }
    if (speaks) {
      chunks.tick();
    }
  }

  @Nullable Usage usage() {
    return usage;
  }

  /** Whether each choice has given a reason to end that is no error. */
  boolean whole() {
    return completeness.whole();
  }

  /** Whether the reason that was given is an error. */
  boolean failed() {
    return Completeness.isError(finishReason);
  }

  /** Why the answer ended; empty where it is not said. */
  String finishReason() {
    return finishReason;
  }

  End end(String model, @Nullable Failure failure) {
    String reason = finishReason.isEmpty() ? null : finishReason;
    return new End(
        model,
        usage,
        reason,
        characters,
        chunks.firstNanos(),
        chunks.chunks(),
        0,
        failure,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
