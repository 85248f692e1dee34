package dev.infermux.api;

import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's answer to a conversation. Immutable.
 *
 * @param id the provider's; empty = none
 * @param created in epoch seconds; 0 = not said
 * @param model as the provider names it; empty = not said
 * @param usage as the provider counted; null = it did not
 * @param meta what the router did for it
 * @param raw the answer in OpenAI's dialect with all its fields, which must not be changed; empty
 *     in one that the program made
 */
public record ChatResponse(
    String id,
    long created,
    String model,
    List<Choice> choices,
    @Nullable Usage usage,
    ResponseMeta meta,
    Buffer raw) {

  public ChatResponse {
    choices = List.copyOf(choices);
  }

  /**
   * An answer of plain text, for mocks and for providers of a program's own. An empty one has no
   * finish reason, and is no answer of a provider's.
   */
  public static ChatResponse of(String content) {
    return of(Message.assistant(content), content.isEmpty() ? "" : "stop");
  }

  /** An answer of one message. */
  public static ChatResponse of(Message message, String finishReason) {
    return new ChatResponse(
        "",
        0,
        "",
        List.of(new Choice(0, message, finishReason)),
        null,
        ResponseMeta.NONE,
        Buffer.buffer());
  }

  public ChatResponse withModel(String model) {
    return new ChatResponse(id, created, model, choices, usage, meta, raw);
  }

  public ChatResponse withUsage(@Nullable Usage usage) {
    return new ChatResponse(id, created, model, choices, usage, meta, raw);
  }

  /** The same as the provider would count it. */
  public ChatResponse withUsage(long promptTokens, long completionTokens) {
    return withUsage(Usage.reported(promptTokens, completionTokens));
  }

  public ChatResponse withMeta(ResponseMeta meta) {
    return new ChatResponse(id, created, model, choices, usage, meta, raw);
  }

  /** The message of the first choice; an empty one where there is none. */
  public Message message() {
    return choices.isEmpty() ? Message.assistant("") : choices.get(0).message();
  }

  /** The text of the first choice; empty where it has none. */
  public String content() {
    return message().text();
  }

  /** Why the first choice ended; empty where it is not said. */
  public String finishReason() {
    return choices.isEmpty() ? "" : choices.get(0).finishReason();
  }

  /** All fields, those that have no accessor included; a new object each time. */
  public JsonObject json() {
    return raw.length() == 0 ? new JsonObject() : new JsonObject(raw);
  }

  /** Leaves the content out, which belongs in no log. */
  @Override
  public String toString() {
    return "ChatResponse[" + model + ", " + choices.size() + " choices, " + meta + "]";
  }

  /**
   * One of the answers.
   *
   * @param finishReason {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter};
   *     empty = not said
   */
  public record Choice(int index, Message message, String finishReason) {}
}
