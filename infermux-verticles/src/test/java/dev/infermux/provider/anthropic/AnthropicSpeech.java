package dev.infermux.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderSpeech;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** The answers of Anthropic's API. */
final class AnthropicSpeech implements ProviderSpeech {

  static final String WHOLE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5-20251001\",\"content\":[{\"type\":\"text\",\"text\":\"Hello,"
          + " world\"}],\"stop_reason\":\"end_turn\","
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":3}}";

  static final String START =
      "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-haiku-4-5-20251001\",\"content\":[],\"stop_reason\":null,"
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}";
  static final String BLOCK =
      "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}";
  static final String PING = "{\"type\":\"ping\"}";
  static final String HELLO = delta("Hello, ");
  static final String WORLD = delta("world");
  static final String BLOCK_STOP = "{\"type\":\"content_block_stop\",\"index\":0}";
  static final String FINISH =
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
          + "\"usage\":{\"output_tokens\":3}}";
  static final String STOP = "{\"type\":\"message_stop\"}";

  @Override
  public ProviderType type() {
    return ProviderType.ANTHROPIC;
  }

  @Override
  public Provider provider(Vertx vertx, ProviderOptions options) {
    return new AnthropicProvider(vertx, VertxTimers.time(vertx), options);
  }

  @Override
  public TestCall chat() {
    return call(false);
  }

  @Override
  public TestCall streamedChat() {
    return call(true);
  }

  static TestCall call(boolean stream) {
    return of(
        "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":100,"
            + (stream ? "\"stream\":true," : "")
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]}");
  }

  static TestCall of(String json) {
    return of(Operation.CHAT, json);
  }

  static TestCall of(Operation operation, String json) {
    return TestCall.of(operation, AnthropicRequestBody.scan(operation, json.getBytes(UTF_8)));
  }

  @Override
  public String content(StreamProbe probe) {
    return MessageEvents.text(probe.text());
  }

  @Override
  public String finishReason() {
    return "end_turn";
  }

  @Override
  public String lastWord() {
    return "message_stop";
  }

  @Override
  public String whole() {
    return WHOLE;
  }

  @Override
  public Buffer stream() {
    return MessageEvents.stream(START, BLOCK, PING, HELLO, WORLD, BLOCK_STOP, FINISH, STOP);
  }

  @Override
  public int wholeFrom() {
    return stream().toString().indexOf(FINISH) + FINISH.length();
  }

  @Override
  public Buffer contentEvent() {
    return MessageEvents.stream(HELLO);
  }

  @Override
  public String healthTarget() {
    return "/v1/models?limit=1";
  }

  @Override
  public String error(String message, String code) {
    return errorBody(message, code);
  }

  static String errorBody(String message, String type) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_1\"}";
  }

  static String delta(String text) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + text
        + "\"}}";
  }
}
