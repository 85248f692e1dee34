package dev.infermux.dialect.openai;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.CallEnds;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Thinking;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.inference.Attempt;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Writes one chat's answer as chunks. */
final class ChatChunkWriter implements ChatEventWriter {

  private static final JsonText NO_ARGUMENTS = JsonText.of("{}");

  private final Attempt attempt;
  private final BitSet begun = new BitSet();
  private final BitSet argued = new BitSet();
  private boolean deprecated;
  private @Nullable ChunkStream stream;

  ChatChunkWriter(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public void write(ChatEvent event, FrameWriter out) {
    ChunkStream chunks = stream;
    if (chunks == null) {
      Begin begin = event instanceof Begin known ? known : new Begin("", "", null);
      chunks = begin(begin, out);
    }
    if (event instanceof Begin begin) {
      if (begin.usage() != null) {
        chunks.used(begin.usage());
      }
    } else if (event instanceof Finish finish) {
      complete(chunks, out);
      chunks.finish(DeprecatedFunctions.name(finish.reason(), deprecated), out);
    } else if (event instanceof Used used) {
      chunks.used(used.usage());
    } else if (event instanceof Over) {
      complete(chunks, out);
      chunks.over(out);
    } else if (!chunks.finished()) {
      content(event, chunks, out);
    }
  }

  private ChunkStream begin(Begin begin, FrameWriter out) {
    AnswerHead head = AnswerHead.of(begin, attempt, OpenAiChat.ID_PREFIX);
    ChunkStream chunks = new ChunkStream(attempt, "chat.completion.chunk", head, "\"delta\":{}");
    stream = chunks;
    JsonOutput delta = delta(chunks).field("role", "assistant").field("content", "");
    close(delta.name("refusal").nothing(), chunks, out);
    return chunks;
  }

  private void content(ChatEvent event, ChunkStream chunks, FrameWriter out) {
    if (event instanceof Text text) {
      text("content", text.text(), chunks, out);
    } else if (event instanceof Thinking thinking) {
      text("reasoning_content", thinking.text(), chunks, out);
    } else if (event instanceof Refusal refusal) {
      text("refusal", refusal.text(), chunks, out);
    } else if (event instanceof CallBegins call) {
      deprecated |= call.index() == 0 && DeprecatedFunctions.asked(attempt);
      begun.set(call.index());
      if (deprecated) {
        function(call.index(), "name", JsonText.of(call.name()), chunks, out);
        return;
      }
      JsonOutput delta = call(call.index(), chunks);
      delta.field("id", CallIds.of(call, attempt)).field("type", "function");
      delta.name("function").object().field("name", call.name()).field("arguments", "").endObject();
      endCall(delta, chunks, out);
    } else if (event instanceof CallArguments arguments && !arguments.json().isEmpty()) {
      arguments(arguments.index(), arguments.json(), chunks, out);
    } else if (event instanceof CallEnds ends && !argued.get(ends.index())) {
      arguments(ends.index(), NO_ARGUMENTS, chunks, out);
    }
  }

  private void text(String field, JsonText text, ChunkStream chunks, FrameWriter out) {
    if (!text.isEmpty()) {
      close(delta(chunks).field(field, text), chunks, out);
    }
  }

  private void arguments(int index, JsonText json, ChunkStream chunks, FrameWriter out) {
    argued.set(index);
    if (deprecated) {
      function(index, "arguments", json, chunks, out);
      return;
    }
    JsonOutput delta = call(index, chunks);
    delta.name("function").object().field("arguments", json).endObject();
    endCall(delta, chunks, out);
  }

  /** Of several calls only the first has a place. */
  private static void function(
      int index, String field, JsonText piece, ChunkStream chunks, FrameWriter out) {
    if (index == 0) {
      JsonOutput delta = delta(chunks).name("function_call").object().field(field, piece);
      close(delta.endObject(), chunks, out);
    }
  }

  /** No call stays without arguments. */
  private void complete(ChunkStream chunks, FrameWriter out) {
    for (int i = begun.nextSetBit(0); i >= 0 && !chunks.finished(); i = begun.nextSetBit(i + 1)) {
      if (!argued.get(i)) {
        arguments(i, NO_ARGUMENTS, chunks, out);
      }
    }
  }

  private static JsonOutput call(int index, ChunkStream chunks) {
    return delta(chunks).name("tool_calls").array().object().field("index", index);
  }

  private static void endCall(JsonOutput delta, ChunkStream chunks, FrameWriter out) {
    close(delta.endObject().endArray(), chunks, out);
  }

  private static JsonOutput delta(ChunkStream chunks) {
    return chunks.open().name("delta").object();
  }

  private static void close(JsonOutput delta, ChunkStream chunks, FrameWriter out) {
    chunks.close(delta.endObject(), out);
  }
}
