package dev.infermux.provider.openai;

import dev.infermux.testing.MockAnswer;
import io.vertx.core.buffer.Buffer;

/** How an OpenAI-compatible API says what the provider contract wants to hear. */
final class OpenAiSpeech {

  private static final String HEAD =
      "\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
          + "\"model\":\"gpt-4o-mini-2024-07-18\"";

  static final String WHOLE =
      "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
          + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
          + "{\"role\":\"assistant\",\"content\":\"Hello, world\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}";

  static final String ROLE = choice("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  static final String HELLO = choice("{\"content\":\"Hello, \"}", "null");
  static final String WORLD = choice("{\"content\":\"world\"}", "null");
  static final String STOP = choice("{}", "\"stop\"");
  static final String USAGE =
      "{"
          + HEAD
          + ",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,"
          + "\"total_tokens\":12}}";
  static final String DONE = "[DONE]";

  private OpenAiSpeech() {}

  /** A chunk with one choice. */
  static String choice(String delta, String finishReason) {
    return "{"
        + HEAD
        + ",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finishReason
        + "}]}";
  }

  /** A chunk with these fields beside its head. */
  static String chunk(String fields) {
    return "{" + HEAD + "," + fields + "}";
  }

  static Buffer event(String data) {
    return Buffer.buffer("data: " + data + "\n\n");
  }

  static Buffer events(String... data) {
    Buffer all = Buffer.buffer();
    for (String one : data) {
      all.appendBuffer(event(one));
    }
    return all;
  }

  static MockAnswer stream() {
    return MockAnswer.events(ROLE, HELLO, WORLD, STOP, USAGE, DONE);
  }

  static String error(String message, String code) {
    return "{\"error\":{\"message\":\""
        + message
        + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\""
        + code
        + "\"}}";
  }
}
