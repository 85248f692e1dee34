package dev.infermux.dialect.openai;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a whole answer as the stream that its provider could have sent in its place. */
final class AnswerChunks {

  private static final Set<String> SHARED =
      Set.of("id", "created", "model", "system_fingerprint", "service_tier");
  private static final JsonSlice NULL = JsonSlice.of("null");
  private static final JsonSlice NOTHING = JsonSlice.of("{}");
  private static final JsonSlice EMPTY = JsonSlice.of("\"\"");

  private final boolean chat;
  private final FrameWriter out = Framing.SSE.writer();
  private final Map<String, JsonSlice> head = new LinkedHashMap<>();
  private final List<AnsweredChoice> choices = new ArrayList<>();
  private @Nullable JsonSlice usage;

  private AnswerChunks(boolean chat) {
    this.chat = chat;
  }

  /**
   * The stream of an answer that its response reader has accepted.
   *
   * @param chat whether it is a chat's; else a legacy completion's
   */
  static Buffer of(boolean chat, Buffer answer) {
    AnswerChunks chunks = new AnswerChunks(chat);
    chunks.read(new JsonCursor(answer.getBytes()));
    return chunks.written();
  }

  private void read(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("choices") && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          choices.add(AnsweredChoice.read(json.value()));
        }
      } else if (name.equals("usage") && json.kind() == JsonKind.OBJECT) {
        usage = json.value();
      } else if (SHARED.contains(name)) {
        head.put(name, json.value());
      } else {
        json.skip();
      }
    }
  }

  private Buffer written() {
    for (AnsweredChoice choice : choices) {
      if (chat) {
        chunk(choice, choice.opening(), null, NULL);
      }
      chunk(choice, chat ? choice.delta() : choice.text(), choice.logprobs(), NULL);
    }
    for (AnsweredChoice choice : choices) {
      chunk(choice, chat ? NOTHING : EMPTY, null, choice.finishReason());
    }
    if (usage != null) {
      out.write(open().endArray().name("usage").value(usage).endObject().toBytes());
    }
    out.write(OpenAiEvents.DONE);
    Buffer stream = out.take();
    return stream == null ? Buffer.buffer() : stream;
  }

  private void chunk(
      AnsweredChoice choice, JsonSlice content, @Nullable JsonSlice logprobs, JsonSlice reason) {
    JsonOutput json = open().object().name("index").value(choice.index());
    json.name(chat ? "delta" : "text").value(content).field("logprobs", logprobs);
    json.name("finish_reason").value(reason).endObject().endArray();
    out.write(json.endObject().toBytes());
  }

  private JsonOutput open() {
    JsonOutput json = new JsonOutput().object();
    json.field("object", chat ? "chat.completion.chunk" : "text_completion");
    head.forEach((name, value) -> json.name(name).value(value));
    return json.name("choices").array();
  }
}
