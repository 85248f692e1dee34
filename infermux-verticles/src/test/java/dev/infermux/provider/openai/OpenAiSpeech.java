package dev.infermux.provider.openai;

import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderSpeech;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** The answers of an OpenAI-compatible API. */
public class OpenAiSpeech implements ProviderSpeech {

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

  @Override
  public ProviderType type() {
    return ProviderType.OPENAI;
  }

  @Override
  public Provider provider(Vertx vertx, ProviderOptions options) {
    return new OpenAiProvider(vertx, VertxTimers.time(vertx), options);
  }

  @Override
  public String whole() {
    return WHOLE;
  }

  @Override
  public Buffer stream() {
    return events(ROLE, HELLO, WORLD, STOP, USAGE, DONE);
  }

  @Override
  public int wholeFrom() {
    return stream().toString().indexOf(STOP) + STOP.length();
  }

  @Override
  public Buffer contentEvent() {
    return event(HELLO);
  }

  @Override
  public String healthTarget() {
    return "/v1/models";
  }

  @Override
  public String error(String message, String code) {
    return errorBody(message, code);
  }

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

  static MockAnswer streamed() {
    return MockAnswer.events(ROLE, HELLO, WORLD, STOP, USAGE, DONE);
  }

  static String errorBody(String message, String code) {
    return "{\"error\":{\"message\":\""
        + message
        + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\""
        + code
        + "\"}}";
  }
}
