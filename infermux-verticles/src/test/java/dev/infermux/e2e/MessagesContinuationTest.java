package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StrictAnthropic;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream of messages that was cut goes on at another provider as if nothing had happened. */
@ExtendWith(VertxExtension.class)
final class MessagesContinuationTest {

  private static final String STREAM =
      "{\"max_tokens\":100,\"stream\":true,\"model\":\""
          + Gateway.MODEL
          + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String BLOCK =
      "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}";
  private static final String BLOCK_STOP = "{\"type\":\"content_block_stop\",\"index\":0}";
  private static final String FINISH =
      "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
          + "\"usage\":{\"output_tokens\":3}}";
  private static final String STOP = "{\"type\":\"message_stop\"}";
  private static final String TOOL =
      "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":"
          + "\"t1\",\"name\":\"f\",\"input\":{}}}";
  private static final String TOOL_STOP = "{\"type\":\"content_block_stop\",\"index\":1}";

  private Pair pair;

  @BeforeEach
  void open(Vertx vertx) {
    UnaryOperator<ProviderOptions> anthropic =
        options ->
            ProviderOptions.of(options.name(), ProviderType.ANTHROPIC)
                .withBaseUrl(options.baseUrl())
                .withPrefill(PrefillOptions.all(Prefill.MESSAGE))
                .withModels(options.models());
    pair =
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMidStream(MidStream.CONTINUE)),
            anthropic,
            anthropic);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private static String start(String id) {
    return "{\"type\":\"message_start\",\"message\":{\"id\":\""
        + id
        + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":"
        + "{\"input_tokens\":9,\"output_tokens\":1}}}";
  }

  private static String delta(String text) {
    return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + text
        + "\"}}";
  }

  private List<JsonObject> answered() {
    WireAnswer answer = pair.gateway().post("/v1/messages", STREAM);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return MessageEvents.events(answer.body());
  }

  private static MockAnswer cut(String... events) {
    return MockAnswer.sse(List.of(MessageEvents.stream(events))).thenClose();
  }

  private void rest(String... events) {
    pair.second()
        .always(
            new StrictAnthropic(request -> MockAnswer.sse(List.of(MessageEvents.stream(events)))));
  }

  @Test
  void text_goes_on_in_the_block_that_was_open() {
    pair.first().always(cut(start("msg_1"), BLOCK, delta("Hello "), delta("the \\n")));
    rest(
        start("msg_2"),
        BLOCK,
        delta(" \\nre"),
        delta("!"),
        BLOCK_STOP,
        TOOL,
        TOOL_STOP,
        FINISH,
        STOP);

    List<JsonObject> events = answered();

    assertThat(events.stream().map(event -> event.getString("type")))
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "content_block_start",
            "content_block_stop",
            "message_delta",
            "message_stop");
    String stream =
        MessageEvents.stream(events.stream().map(JsonObject::encode).toList()).toString();
    assertThat(MessageEvents.text(stream)).isEqualTo("Hello the \nre!");
    assertThat(stream).contains("msg_1").doesNotContain("msg_2");
    assertThat(events.get(7).getInteger("index")).isEqualTo(1);
    JsonObject asked = new JsonObject(pair.second().lastRequest().body());
    assertThat(asked.getJsonArray("messages").getJsonObject(1))
        .isEqualTo(new JsonObject().put("role", "assistant").put("content", "Hello the"));
    assertThat(asked.getInteger("max_tokens")).isEqualTo(97);
  }

  @Test
  void what_begins_anew_is_a_block_of_its_own() {
    pair.first().always(cut(start("msg_1"), BLOCK, delta("Hello"), BLOCK_STOP));
    rest(start("msg_2"), BLOCK, delta(" you"), BLOCK_STOP, FINISH, STOP);

    List<JsonObject> events = answered();

    assertThat(events.stream().map(event -> event.getInteger("index", -1)))
        .containsExactly(-1, 0, 0, 0, 1, 1, 1, -1, -1);
  }

  @Test
  void thoughts_and_calls_that_were_cut_are_not_continued() {
    String thinking =
        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\","
            + "\"thinking\":\"Hm\",\"signature\":\"\"}}";
    pair.first().always(cut(start("msg_1"), thinking));

    List<JsonObject> events = answered();

    assertThat(events).last().extracting(event -> event.getString("type")).isEqualTo("error");
    assertThat(pair.second().requests()).isEmpty();
  }
}
