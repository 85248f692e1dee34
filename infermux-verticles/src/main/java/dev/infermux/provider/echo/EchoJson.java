package dev.infermux.provider.echo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonStrings;
import io.vertx.core.buffer.Buffer;

/** Writes one echo's answer in OpenAI's shapes: chat or legacy completion, whole or in chunks. */
final class EchoJson {

  private final boolean chat;
  private final String model;
  private final String id;
  private final long created;

  EchoJson(Attempt attempt) {
    this.chat = attempt.call().operation() == Operation.CHAT;
    this.model = attempt.model();
    this.id = (chat ? "chatcmpl-" : "cmpl-") + attempt.call().requestId();
    this.created = attempt.call().startedEpochNanos() / 1_000_000_000;
  }

  Buffer whole(EchoText text) {
    String content = JsonStrings.quoted(text.answer());
    String said =
        chat
            ? "\"message\":{\"role\":\"assistant\",\"content\":" + content + ",\"refusal\":null}"
            : "\"text\":" + content;
    String choice = "{\"index\":0," + said + ",\"logprobs\":null,\"finish_reason\":\"stop\"}";
    String object = chat ? "chat.completion" : "text_completion";
    return bytes(head(object) + ",\"choices\":[" + choice + "]," + usage(text.usage()) + "}");
  }

  /** The chunk that opens a chat; a legacy completion has none. */
  Buffer role() {
    return chunk("\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
  }

  Buffer word(String word) {
    String content = JsonStrings.quoted(word);
    return chunk(chat ? "\"delta\":{\"content\":" + content + "}" : "\"text\":" + content, "null");
  }

  Buffer finish() {
    return chunk(chat ? "\"delta\":{}" : "\"text\":\"\"", "\"stop\"");
  }

  Buffer usageChunk(Usage usage) {
    return event(head(chunkObject()) + ",\"choices\":[]," + usage(usage) + "}");
  }

  static Buffer done() {
    return event("[DONE]");
  }

  private Buffer chunk(String said, String reason) {
    return event(
        head(chunkObject())
            + ",\"choices\":[{\"index\":0,"
            + said
            + ",\"logprobs\":null,\"finish_reason\":"
            + reason
            + "}]}");
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
    return "\"usage\":{\"prompt_tokens\":"
        + usage.promptTokens()
        + ",\"completion_tokens\":"
        + usage.completionTokens()
        + ",\"total_tokens\":"
        + total
        + "}";
  }

  private static Buffer event(String data) {
    return bytes("data: " + data + "\n\n");
  }

  private static Buffer bytes(String text) {
    return Buffer.buffer(text.getBytes(UTF_8));
  }
}
