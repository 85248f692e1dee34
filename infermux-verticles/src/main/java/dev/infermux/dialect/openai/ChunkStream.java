package dev.infermux.dialect.openai;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import org.jspecify.annotations.Nullable;

/**
 * Writes the chunks of one stream in the profile that all clients take: the reason to end in a
 * chunk of its own, usage alone and last, and only where it was asked for.
 */
final class ChunkStream {

  private final Attempt attempt;
  private final String object;
  private final AnswerHead head;
  private final String nothing;
  private @Nullable Usage usage;
  private boolean finished;
  private boolean over;

  /**
   * @param nothing the content of the chunk that ends the stream
   */
  ChunkStream(Attempt attempt, String object, AnswerHead head, String nothing) {
    this.attempt = attempt;
    this.object = object;
    this.head = head;
    this.nothing = nothing;
  }

  /** Opens a chunk up to the place of its choice's content. */
  JsonOutput open() {
    JsonOutput out = head.open(new JsonOutput(384), object);
    return out.name("choices").array().object().field("index", 0);
  }

  void close(JsonOutput chunk, FrameWriter out) {
    end(chunk.name("finish_reason").nothing(), out);
  }

  private void end(JsonOutput chunk, FrameWriter out) {
    chunk.name("logprobs").nothing().endObject().endArray();
    if (attempt.showsUsage()) {
      chunk.name("usage").nothing();
    }
    out.write(chunk.endObject().toBytes());
  }

  /**
   * @param reason the dialect's name of it
   */
  void finish(String reason, FrameWriter out) {
    if (!finished) {
      finished = true;
      JsonOutput chunk = open().raw(nothing);
      end(chunk.field("finish_reason", reason), out);
    }
  }

  boolean finished() {
    return finished;
  }

  void used(Usage report) {
    usage = report.after(usage);
  }

  void over(FrameWriter out) {
    if (over) {
      return;
    }
    over = true;
    if (usage != null && attempt.showsUsage()) {
      JsonOutput chunk = head.open(new JsonOutput(384), object).name("choices").array().endArray();
      UsageWriter.write(chunk, usage);
      out.write(chunk.endObject().toBytes());
    }
    out.write(OpenAiEvents.DONE);
  }
}
