package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonStrings;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer, whole or in chunks.
 *
 * @param chat whether it answers a chat; else a legacy completion
 * @param created in epoch seconds
 * @param announcesUsage whether each chunk before that with the usage says that it has none
 */
public record AnswerJson(
    boolean chat, String id, long created, String model, boolean announcesUsage) {

  /** The same text in so many choices. */
  public String whole(String text, int choices, String finishReason, @Nullable Usage usage) {
    String content = JsonStrings.quoted(text);
    return said(
        chat
            ? "\"message\":{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}"
            : "\"text\":" + content,
        choices,
        finishReason,
        usage);
  }

  /** The same of what events say: of a legacy completion their text alone. */
  public String whole(
      List<ChatEvent> events, int choices, String finishReason, @Nullable Usage usage) {
    String said =
        chat
            ? "\"message\":" + ChatEventJson.message(events)
            : "\"text\":" + JsonStrings.quoted(ChatEventJson.text(events));
    return said(said, choices, finishReason, usage);
  }

  private String said(String said, int choices, String finishReason, @Nullable Usage usage) {
    StringJoiner all = new StringJoiner(",");
    for (int i = 0; i < choices; i++) {
      all.add(choice(i, said, JsonStrings.quoted(finishReason)));
    }
    String object = chat ? "chat.completion" : "text_completion";
    String counted = usage == null ? "" : ",\"usage\":" + usage(usage);
    return head(object) + ",\"choices\":[" + all + "]" + counted + "}";
  }

  /** The chunk that opens a choice of a chat; a legacy completion has none. */
  public String role(int choice) {
    return chunk(
        choice, "\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
  }

  /** A chunk with a piece of a choice's text. */
  public String piece(int choice, String text) {
    String content = JsonStrings.quoted(text);
    return chunk(
        choice, chat ? "\"delta\":{\"content\":" + content + "}" : "\"text\":" + content, "null");
  }

  /** A chunk with what an event says; null when that is nothing here. */
  public @Nullable String piece(int choice, ChatEvent event) {
    if (!chat) {
      return event instanceof ChatEvent.Text text ? piece(choice, text.text().decoded()) : null;
    }
    String delta = ChatEventJson.delta(event);
    return delta == null ? null : chunk(choice, "\"delta\":{" + delta + "}", "null");
  }

  /** The chunk that ends a choice. */
  public String finish(int choice, String reason) {
    return chunk(choice, chat ? "\"delta\":{}" : "\"text\":\"\"", JsonStrings.quoted(reason));
  }

  /** The chunk after the last choice. */
  public String usageChunk(Usage usage) {
    return head(chunkObject()) + ",\"choices\":[],\"usage\":" + usage(usage) + "}";
  }

  private String chunk(int index, String said, String reason) {
    String usage = announcesUsage ? ",\"usage\":null" : "";
    return head(chunkObject()) + ",\"choices\":[" + choice(index, said, reason) + "]" + usage + "}";
  }

  private static String choice(int index, String said, String reason) {
    return "{\"index\":"
        + index
        + ","
        + said
        + ",\"logprobs\":null,\"finish_reason\":"
        + reason
        + "}";
  }

  private String chunkObject() {
    return chat ? "chat.completion.chunk" : "text_completion";
  }

  private String head(String object) {
    StringBuilder head = new StringBuilder(160).append("{\"id\":");
    JsonStrings.quote(head, id);
    head.append(",\"object\":\"").append(object).append("\",\"created\":").append(created);
    head.append(",\"model\":");
    JsonStrings.quote(head, model);
    return head.toString();
  }

  private static String usage(Usage usage) {
    long total = usage.promptTokens() + usage.completionTokens();
    return "{\"prompt_tokens\":"
        + usage.promptTokens()
        + ",\"completion_tokens\":"
        + usage.completionTokens()
        + ",\"total_tokens\":"
        + total
        + (usage.reasoning() > 0
            ? ",\"completion_tokens_details\":{\"reasoning_tokens\":" + usage.reasoning() + "}"
            : "")
        + "}";
  }
}
