package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.ApiSchema;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StrictAnthropic;
import dev.infermux.testing.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that begin at an API of one vendor and end at the other's, whatever they are asked in. */
@ExtendWith(VertxExtension.class)
final class MessagesTranslationTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String MESSAGES = "/v1/messages";
  private static final String ASKED =
      "{\"model\":\"gpt-4o-mini\",\"max_tokens\":50,\"top_k\":5,\"system\":\"Be"
          + " kind.\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String STREAMED = ASKED.replace("\"top_k\":5", "\"stream\":true");

  private Pair pair;

  private void start(Vertx vertx, boolean anthropicFirst) {
    UnaryOperator<ProviderOptions> anthropic =
        options ->
            ProviderOptions.of(options.name(), ProviderType.ANTHROPIC)
                .withBaseUrl(options.baseUrl())
                .withModels(options.models());
    UnaryOperator<ProviderOptions> same = UnaryOperator.identity();
    pair =
        Pair.start(
            vertx,
            UnaryOperator.identity(),
            anthropicFirst ? anthropic : same,
            anthropicFirst ? same : anthropic,
            CircuitOptions.defaults().withConsecutiveFailures(1_000_000).withErrorRateThreshold(1));
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void messages_begin_at_anthropic_and_end_at_openai(Vertx vertx) {
    start(vertx, true);
    pair.first().always(MockAnswer.json(503, "{}"));
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));

    WireAnswer answer = pair.gateway().post(MESSAGES, ASKED);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Provider", "second")
        .containsEntry("X-Infermux-Translated", "messages->chat")
        .containsEntry("X-Infermux-Dropped", "top_k");
    JsonObject message = answer.json();
    assertThat(message.getString("type")).isEqualTo("message");
    assertThat(message.getString("stop_reason")).isEqualTo("end_turn");
    assertThat(message.getJsonObject("usage").getInteger("input_tokens")).isEqualTo(19);
    assertThat(message.getJsonArray("content").getJsonObject(0).getString("type"))
        .isEqualTo("text");
    JsonObject sent = new JsonObject(pair.second().lastRequest().body());
    assertThat(sent.getJsonArray("messages").getJsonObject(0).getString("role"))
        .isIn("system", "developer");
  }

  @Test
  void a_stream_of_messages_ends_at_openai_under_its_own_events(Vertx vertx) {
    start(vertx, true);
    pair.first().always(MockAnswer.json(529, "{}"));
    pair.second().always(MockAnswer.sse(List.of(Wire.bytes("openai/chat-stream-usage.sse"))));

    WireAnswer answer = pair.gateway().post(MESSAGES, STREAMED);

    List<String> types =
        MessageEvents.events(answer.body()).stream().map(e -> e.getString("type")).toList();
    assertThat(types.get(0)).isEqualTo("message_start");
    assertThat(types.get(types.size() - 2)).isEqualTo("message_delta");
    assertThat(types.get(types.size() - 1)).isEqualTo("message_stop");
    assertThat(answer.headers()).containsEntry("X-Infermux-Translated", "messages->chat");
  }

  @Test
  void a_chat_begins_at_openai_and_ends_at_anthropic(Vertx vertx) {
    start(vertx, false);
    pair.first().always(MockAnswer.json(503, "{}"));
    pair.second()
        .always(
            new StrictAnthropic(
                request ->
                    MockAnswer.sse(
                        List.of(
                            MessageEvents.stream(Wire.lines("anthropic/tool-no-args.chunks"))))));

    WireAnswer answer =
        pair.gateway()
            .post(CHAT, "{\"temperature\":0.5," + Texts.chat(Gateway.MODEL, "Hi").substring(1));

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ApiSchema.CHAT.check(answer.body());
    JsonObject choice = answer.json().getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
    assertThat(choice.getJsonObject("message").getString("content"))
        .isEqualTo("I'll update the issue list for you.");
    JsonObject call = choice.getJsonObject("message").getJsonArray("tool_calls").getJsonObject(0);
    assertThat(call.getString("id")).isEqualTo("toolu_01QE1WLsSVp5hy5Q3GmGTmjP");
    assertThat(call.getJsonObject("function").getString("arguments")).isEqualTo("{}");
    assertThat(answer.json().getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(565);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Translated", "chat->messages")
        .containsEntry("X-Infermux-Dropped", "temperature");
    // Without a maximum the answer may be long, so that it is asked for as a stream and joined.
    JsonObject sent = new JsonObject(pair.second().lastRequest().body());
    assertThat(sent.getInteger("max_tokens")).isEqualTo(32_000);
    assertThat(sent.getBoolean("stream")).isTrue();
  }

  @Test
  void a_streamed_chat_ends_at_anthropic(Vertx vertx) {
    start(vertx, false);
    pair.first().always(MockAnswer.json(503, "{}"));
    Buffer thinking = Wire.bytes("anthropic/stream-thinking.sse");
    pair.second().always(new StrictAnthropic(request -> MockAnswer.sse(List.of(thinking))));

    WireAnswer answer = pair.gateway().post(CHAT, Texts.stream(Gateway.MODEL, "Hi"));

    assertThat(answer.body())
        .endsWith("data: [DONE]\n\n")
        .contains("\"reasoning_content\":\"The user is\"", "\"finish_reason\":\"stop\"")
        .doesNotContain("event:", "prompt_tokens");
  }

  @Test
  void what_anthropic_cannot_be_asked_goes_to_the_next_or_is_refused(Vertx vertx) {
    start(vertx, true);
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));
    String two = "{\"n\":2," + Texts.chat(Gateway.MODEL, "Hi").substring(1);

    WireAnswer answer = pair.gateway().post(CHAT, two);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("X-Infermux-Provider", "second");
    assertThat(pair.first().requests()).isEmpty();
  }

  @Test
  void a_stream_that_is_cut_on_the_way_is_never_a_success(Vertx vertx) {
    start(vertx, false);
    pair.first().always(MockAnswer.json(503, "{}"));
    Buffer whole = MessageEvents.stream(Wire.lines("anthropic/tool-no-args.chunks"));
    int enough = whole.toString().indexOf("\"output_tokens\":48}}") + 20;
    for (int cut = 1; cut < enough; cut += 7) {
      pair.second().next(MockAnswer.sse(List.of(whole.slice(0, cut))).thenClose());
      WireAnswer answer = pair.gateway().post(CHAT, Texts.stream(Gateway.MODEL, "Hi"));

      assertThat(answer.status() + answer.body())
          .as("cut after %d bytes", cut)
          .contains("\"error\"")
          .doesNotContain("[DONE]");
    }
  }

  @Test
  void tokens_are_estimated_where_no_api_counts_them(Vertx vertx) {
    start(vertx, false);

    WireAnswer answer = pair.gateway().post(MESSAGES + "/count_tokens", ASKED);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().getInteger("input_tokens")).isBetween(3, 30);
    assertThat(answer.headers())
        .containsEntry("X-Infermux-Translated", "messages->estimate")
        .containsEntry("X-Infermux-Provider", "first")
        .containsEntry("X-Infermux-Cost", "0");
    assertThat(pair.first().requests()).isEmpty();
  }
}
