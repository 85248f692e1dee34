package dev.infermux.mock;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonStrings;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Writes one answer in OpenAI's shapes; {@code usage} is null on each chunk if it is shown. */
final class MockJson {

  private final MockCall call;
  private final boolean chat;
  private final String id;
  private final long created;

  MockJson(MockCall call, long number, long created) {
    this.call = call;
    this.chat = call.operation() == Operation.CHAT;
    this.id = (chat ? "chatcmpl-mock-" : "cmpl-mock-") + number;
    this.created = created;
  }

  String whole(String text, String finishReason, @Nullable Usage usage) {
    StringJoiner choices = new StringJoiner(",");
    for (int i = 0; i < call.choices(); i++) {
      String said =
          chat
              ? "\"message\":{\"role\":\"assistant\",\"content\":"
                  + JsonStrings.quoted(text)
                  + ",\"refusal\":null}"
              : "\"text\":" + JsonStrings.quoted(text);
      choices.add(choice(i, said, JsonStrings.quoted(finishReason)));
    }
    String object = chat ? "chat.completion" : "text_completion";
    String counted = usage == null ? "" : ",\"usage\":" + usage(usage);
    return head(object) + ",\"choices\":[" + choices + "]" + counted + "}";
  }

  /** The chunk that opens a chat. */
  String role(int choice) {
    return chunk(choice, "\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
  }

  String token(int choice, String token) {
    String text = JsonStrings.quoted(token);
    return chunk(choice, chat ? "\"delta\":{\"content\":" + text + "}" : "\"text\":" + text);
  }

  String finish(int choice, String reason) {
    String said = chat ? "\"delta\":{}" : "\"text\":\"\"";
    return chunkOf(choice(choice, said, JsonStrings.quoted(reason)));
  }

  String usageChunk(Usage usage) {
    return head(chunkObject()) + ",\"choices\":[],\"usage\":" + usage(usage) + "}";
  }

  private String chunk(int choice, String said) {
    return chunkOf(choice(choice, said, "null"));
  }

  private String chunkOf(String choice) {
    String usage = call.showsUsage() ? ",\"usage\":null" : "";
    return head(chunkObject()) + ",\"choices\":[" + choice + "]" + usage + "}";
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
    return "{\"id\":\""
        + id
        + "\",\"object\":\""
        + object
        + "\",\"created\":"
        + created
        + ",\"model\":"
        + JsonStrings.quoted(call.model());
  }

  static String usage(Usage usage) {
    long total = usage.promptTokens() + usage.completionTokens();
    return "{\"prompt_tokens\":"
        + usage.promptTokens()
        + ",\"completion_tokens\":"
        + usage.completionTokens()
        + ",\"total_tokens\":"
        + total
        + "}";
  }

  /** An error body; an empty code is null. */
  static String error(String message, String type, String code) {
    return "{\"error\":{\"message\":"
        + JsonStrings.quoted(message)
        + ",\"type\":\""
        + type
        + "\",\"param\":null,\"code\":"
        + (code.isEmpty() ? "null" : JsonStrings.quoted(code))
        + "}}";
  }
}
