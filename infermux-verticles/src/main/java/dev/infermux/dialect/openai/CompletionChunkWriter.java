package dev.infermux.dialect.openai;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.inference.Attempt;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes one legacy completion as chunks of text. */
final class CompletionChunkWriter implements ChatEventWriter {

  private final Attempt attempt;
  private @Nullable ChunkStream stream;

  CompletionChunkWriter(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public void write(ChatEvent event, FrameWriter out) {
    ChunkStream chunks = stream;
    if (chunks == null) {
      Begin begin = event instanceof Begin known ? known : new Begin("", "", null);
      AnswerHead head = AnswerHead.of(begin, attempt, OpenAiCompletions.ID_PREFIX);
      chunks = new ChunkStream(attempt, "text_completion", head, "\"text\":\"\"");
      stream = chunks;
    }
    if (event instanceof Text text) {
      text(text.text(), chunks, out);
    } else if (event instanceof Refusal refusal) {
      text(refusal.text(), chunks, out);
    } else if (event instanceof Begin begin && begin.usage() != null) {
      chunks.used(begin.usage());
    } else if (event instanceof Used used) {
      chunks.used(used.usage());
    } else if (event instanceof Finish finish) {
      chunks.finish(FinishReasons.name(finish.reason()), out);
    } else if (event instanceof Over) {
      chunks.over(out);
    }
  }

  private static void text(JsonText text, ChunkStream chunks, FrameWriter out) {
    if (!text.isEmpty() && !chunks.finished()) {
      chunks.close(chunks.open().field("text", text), out);
    }
  }
}
