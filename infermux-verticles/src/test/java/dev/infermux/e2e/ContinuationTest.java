package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stream that was cut goes on at a provider that takes prefill, as one stream. */
@ExtendWith(VertxExtension.class)
final class ContinuationTest {

  private static final String PATH = "/v1/chat/completions";
  private static final String STREAM =
      "{\"max_tokens\":100," + Texts.stream(Gateway.MODEL, "Hi").substring(1);
  private static final MockAnswer CUT =
      MockAnswer.events(Texts.role(), Texts.delta("Hello"), Texts.delta(" the")).thenClose();
  private static final MockAnswer REST =
      MockAnswer.events(
          Texts.role().replace("chatcmpl-1", "chatcmpl-2"),
          Texts.delta("re").replace("chatcmpl-1", "chatcmpl-2"),
          Texts.finish().replace("chatcmpl-1", "chatcmpl-2"),
          Texts.usage(30, 2),
          "[DONE]");

  private Pair pair;
  private BusEvents events;

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void callers_stream_simply_goes_on(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    pair.first().always(CUT);
    pair.second().always(REST);

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    assertThat(answer.body())
        .containsSubsequence("\"Hello\"", "\" the\"", "\"re\"", "\"finish_reason\":\"stop\"")
        .containsOnlyOnce("\"role\"")
        .contains("chatcmpl-1")
        .doesNotContain("chatcmpl-2")
        .doesNotContain("event: error")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void second_provider_is_asked_to_go_on_from_the_text_with_what_is_left_of_the_maximum(
      Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    pair.first().always(CUT);
    pair.second().always(REST);

    pair.gateway().post(PATH, STREAM);

    JsonObject asked = new JsonObject(pair.second().lastRequest().body());
    JsonArray messages = asked.getJsonArray("messages");
    assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("Hi");
    assertThat(messages.getJsonObject(1))
        .isEqualTo(new JsonObject().put("role", "assistant").put("content", "Hello the"));
    assertThat(asked.getInteger("max_tokens")).isEqualTo(97);
    assertThat(asked.getString("model")).isEqualTo(Gateway.MODEL);
  }

  @Test
  void both_attempts_are_recorded_and_charged(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    pair.first().always(CUT);
    pair.second().always(REST);

    pair.gateway().post(PATH, STREAM);

    JsonObject event = events.inferences(1).get(0);
    assertThat(event.getString("status")).isEqualTo("ok");
    assertThat(event.getJsonArray("attempts"))
        .extracting(attempt -> ((JsonObject) attempt).getString("error_kind"))
        .containsExactly("cut", null);
    assertThat(events.costs(2))
        .extracting(cost -> cost.getString("provider"), cost -> cost.getBoolean("estimated"))
        .containsExactly(tuple("first", true), tuple("second", false));
  }

  @Test
  void provider_without_prefill_is_not_asked_and_the_cut_shows(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, false);
    pair.first().always(CUT);

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    cutShows(answer);
  }

  @Test
  void nothing_continues_unless_it_is_switched_on(Vertx vertx) {
    start(vertx, MidStream.ERROR, true);
    pair.first().always(CUT);

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    cutShows(answer);
  }

  @Test
  void cut_shows_when_the_continuation_fails_as_well(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    pair.first().always(CUT);
    pair.second().always(MockAnswer.json(500, "{}"));

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    assertThat(answer.body()).contains("event: error").doesNotContain("[DONE]");
    assertThat(pair.second().requests()).hasSize(1);
  }

  @Test
  void tool_call_that_was_cut_is_not_continued(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    String call =
        Texts.delta("x")
            .replace(
                "{\"content\":\"x\"}",
                "{\"content\":\"Hello\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":"
                    + "\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}]}");
    pair.first().always(MockAnswer.events(Texts.role(), call).thenClose());

    WireAnswer answer = pair.gateway().post(PATH, STREAM);

    cutShows(answer);
  }

  @Test
  void caller_that_leaves_while_the_rest_is_asked_for_cancels_it(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, true);
    pair.first().always(CUT);
    pair.second().always(MockAnswer.silence());
    Wire wire = pair.gateway().connect().request("POST", PATH, STREAM);
    wire.readUntil(" the");
    await().until(() -> pair.second().requests().size() == 1);

    wire.reset();

    await().until(() -> pair.second().lastRequest().abandoned());
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
  }

  private void cutShows(WireAnswer answer) {
    assertThat(answer.body()).contains("Hello").contains("event: error").doesNotContain("[DONE]");
    assertThat(pair.second().requests()).isEmpty();
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("error");
  }

  private void start(Vertx vertx, MidStream midStream, boolean prefill) {
    pair =
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMidStream(midStream)),
            UnaryOperator.identity(),
            second ->
                second.withPrefill(PrefillOptions.all(prefill ? Prefill.MESSAGE : Prefill.NONE)));
    events = new BusEvents(pair.gateway().vertx());
  }
}
