package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.api.Message;
import dev.infermux.dialect.Completeness;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers that programs make as values. */
public final class TypedJson {

  private TypedJson() {}

  /**
   * A whole answer to a chat.
   *
   * @throws IllegalArgumentException when it has no choice, or one that gives no reason to end
   */
  public static Answer answer(ChatResponse response, Attempt attempt) {
    if (response.choices().isEmpty()) {
      throw new IllegalArgumentException("choices: none (expected: one or more)");
    }
    for (ChatResponse.Choice choice : response.choices()) {
      String reason = choice.finishReason();
      if (reason.isEmpty() || Completeness.isError(reason)) {
        throw new IllegalArgumentException(
            "finishReason: \"" + reason + "\" (expected: stop, length, tool_calls or the like)");
      }
    }
    String model = response.model().isEmpty() ? attempt.model() : response.model();
    Buffer body =
        response.raw().length() > 0
            ? response.raw()
            : Buffer.buffer(chat(response, model, attempt).toBytes());
    String content = response.content();
    long characters = content.codePointCount(0, content.length());
    return Answer.whole(
        body, End.whole(model, response.usage(), response.finishReason(), characters));
  }

  private static JsonOutput chat(ChatResponse response, String model, Attempt attempt) {
    JsonOutput out = head(response.id(), "chat.completion", model, attempt);
    out.name("choices").array();
    for (ChatResponse.Choice choice : response.choices()) {
      out.object().field("index", choice.index()).name("message");
      MessageJson.write(out, choice.message());
      reason(out, choice.finishReason());
      out.endObject();
    }
    out.endArray();
    UsageJson.write(out, response.usage());
    return out.endObject();
  }

  private static JsonOutput head(String id, String object, String model, Attempt attempt) {
    JsonOutput out = new JsonOutput().object();
    out.field("id", id.isEmpty() ? "chatcmpl-" + attempt.call().requestId() : id);
    out.field("object", object);
    out.field("created", attempt.call().startedEpochNanos() / 1_000_000_000);
    return out.field("model", model);
  }

  private static void reason(JsonOutput out, String reason) {
    out.name("finish_reason");
    if (reason.isEmpty()) {
      out.nothing();
    } else {
      out.string(reason);
    }
  }

  /**
   * An answer to a request for embeddings.
   *
   * @param packed whether the caller wants base64
   */
  public static Answer answer(EmbeddingResponse response, Attempt attempt, boolean packed) {
    String model = response.model().isEmpty() ? attempt.model() : response.model();
    List<float[]> vectors =
        response.data().stream().map(EmbeddingResponse.Embedding::embedding).toList();
    String json = EmbeddingsJson.of(model, vectors, packed, response.usage());
    return Answer.whole(
        Buffer.buffer(json.getBytes(UTF_8)), End.whole(model, response.usage(), null, 0));
  }

  /**
   * A chunk as an event; its usage waits for the end.
   *
   * @param begun whether one went before: the first one opens the message
   */
  public static Buffer event(ChatChunk chunk, Attempt attempt, boolean begun) {
    String model = chunk.model().isEmpty() ? attempt.model() : chunk.model();
    JsonOutput out = head(chunk.id(), "chat.completion.chunk", model, attempt);
    out.name("choices").array();
    for (ChatChunk.Choice choice : chunk.choices()) {
      out.object().field("index", choice.index()).name("delta").object();
      if (!begun && !choice.fields().containsKey("role")) {
        out.field("role", "assistant");
      }
      if (!choice.content().isEmpty()) {
        out.field("content", choice.content());
      }
      calls(out, choice.toolCalls());
      JsonMaps.fields(out, choice.fields());
      out.endObject();
      reason(out, choice.finishReason());
      out.endObject();
    }
    return event(out.endArray().endObject());
  }

  private static void calls(JsonOutput out, List<ChatChunk.ToolCallPiece> calls) {
    if (calls.isEmpty()) {
      return;
    }
    out.name("tool_calls").array();
    for (ChatChunk.ToolCallPiece call : calls) {
      out.object().field("index", call.index());
      if (!call.id().isEmpty()) {
        out.field("id", call.id()).field("type", "function");
      }
      out.name("function").object();
      if (!call.name().isEmpty()) {
        out.field("name", call.name());
      }
      out.field("arguments", call.arguments()).endObject().endObject();
    }
    out.endArray();
  }

  /** The events that end a stream. */
  public static Buffer closing(Attempt attempt, @Nullable Usage usage) {
    Buffer closing = Buffer.buffer();
    if (usage != null && attempt.showsUsage()) {
      JsonOutput out = head("", "chat.completion.chunk", attempt.model(), attempt);
      out.name("choices").array().endArray();
      UsageJson.write(out, usage);
      closing.appendBuffer(event(out.endObject()));
    }
    return closing.appendString(StreamText.event(StreamText.DONE));
  }

  /** A whole answer to a chat as the events of a stream. */
  public static Buffer asEvents(ChatResponse response, Attempt attempt) {
    Buffer events = Buffer.buffer();
    for (ChatResponse.Choice choice : response.choices()) {
      Message message = choice.message();
      ChatChunk.Choice piece =
          new ChatChunk.Choice(
              choice.index(),
              message.text(),
              pieces(message.toolCalls()),
              choice.finishReason(),
              message.fields());
      events.appendBuffer(
          event(
              new ChatChunk(response.id(), response.model(), List.of(piece), null, Buffer.buffer()),
              attempt,
              false));
    }
    return events.appendBuffer(closing(attempt, response.usage()));
  }

  private static List<ChatChunk.ToolCallPiece> pieces(List<Message.ToolCall> calls) {
    List<ChatChunk.ToolCallPiece> pieces = new ArrayList<>();
    for (Message.ToolCall call : calls) {
      pieces.add(
          new ChatChunk.ToolCallPiece(pieces.size(), call.id(), call.name(), call.arguments()));
    }
    return pieces;
  }

  private static Buffer event(JsonOutput json) {
    JsonSlice slice = json.slice();
    return Buffer.buffer(slice.length() + 8)
        .appendString("data: ")
        .appendBytes(slice.bytes(), slice.from(), slice.length())
        .appendString("\n\n");
  }
}
