package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.inference.Prefill;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.provider.PrefillOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderOptions.Responses;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A response's stream that was cut goes on at another provider as one response. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
final class ResponsesContinuationTest {

  private static final String PATH = "/v1/responses";

  /** Up to the second piece of its text. */
  private static final MockAnswer CUT =
      ResponseTexts.streamed(ResponseTexts.events().subList(0, 6)).thenClose();

  private Pair pair;

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void a_provider_of_chats_writes_on(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, Responses.AUTO, Responses.NO);
    pair.first().always(CUT);
    pair.second()
        .always(
            MockAnswer.events(
                Texts.role(),
                Texts.delta("there"),
                Texts.delta(" and"),
                Texts.delta(" here"),
                Texts.finish(),
                Texts.usage(30, 2),
                "[DONE]"));

    List<JsonObject> events = stream("\"max_output_tokens\":100,");

    isOneResponse(events, "Hello there and here");
    JsonObject asked = new JsonObject(pair.second().lastRequest().body());
    JsonArray messages = asked.getJsonArray("messages");
    assertThat(messages.getJsonObject(0).getString("content")).isEqualTo("Hi");
    assertThat(messages.getJsonObject(1))
        .isEqualTo(new JsonObject().put("role", "assistant").put("content", "Hello there"));
    assertThat(asked.getInteger("max_tokens")).isEqualTo(97);
  }

  @Test
  void a_provider_that_has_both_apis_writes_on_in_chat(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, Responses.AUTO, Responses.YES);
    pair.first().always(CUT);
    pair.second()
        .always(MockAnswer.events(Texts.role(), Texts.delta("!"), Texts.finish(), "[DONE]"));

    List<JsonObject> events = stream("");

    isOneResponse(events, "Hello there!");
    assertThat(pair.second().lastRequest().target()).isEqualTo("/v1/chat/completions");
  }

  @Test
  void a_translated_response_goes_on_with_a_call(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, Responses.NO, Responses.NO);
    pair.first().always(MockAnswer.events(Texts.role(), Texts.delta("Let me")).thenClose());
    String call =
        Texts.delta("x")
            .replace(
                "{\"content\":\"x\"}",
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");
    pair.second()
        .always(
            MockAnswer.events(
                Texts.role(),
                Texts.delta(" look."),
                call,
                Texts.finish().replace("\"stop\"", "\"tool_calls\""),
                "[DONE]"));

    List<JsonObject> events = stream("");

    isOneResponse(events, "Let me look.");
    JsonArray output = output(events);
    assertThat(output.getJsonObject(1).getString("type")).isEqualTo("function_call");
    assertThat(of(events, "response.function_call_arguments.done"))
        .singleElement()
        .satisfies(done -> assertThat(done.getInteger("output_index")).isEqualTo(1));
  }

  @Test
  void a_restarted_response_that_says_the_same_is_read_on(Vertx vertx) {
    start(vertx, MidStream.RESTART, Responses.YES, Responses.YES, PrefillOptions.defaults());
    pair.first().always(CUT);
    pair.second().always(ResponseTexts.streamed(other(ResponseTexts.events(), " there, you")));

    List<JsonObject> events = stream("");

    isOneResponse(events, "Hello there, you");
    assertThat(pair.second().lastRequest().target()).isEqualTo(PATH);
    assertThat(pair.second().lastRequest().body()).contains("\"input\":\"Hi\"");
    assertThat(events.get(events.size() - 1).encode()).doesNotContain("other");
  }

  @Test
  void a_restarted_response_that_says_something_else_is_not_read(Vertx vertx) {
    start(vertx, MidStream.RESTART, Responses.YES, Responses.YES, PrefillOptions.defaults());
    pair.first().always(CUT);
    pair.second().always(ResponseTexts.streamed(other(ResponseTexts.events(), " world")));

    cutShows(stream(""));
  }

  @Test
  void a_response_that_was_cut_in_a_call_is_not_continued(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, Responses.YES, Responses.NO);
    List<String> events = new ArrayList<>(ResponseTexts.events().subList(0, 6));
    events.add(
        ResponseTexts.event(
            "response.output_item.added",
            "\"sequence_number\":6,\"output_index\":1,\"item\":{\"id\":\"fc_1\",\"type\":"
                + "\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"\"}"));
    pair.first().always(ResponseTexts.streamed(events).thenClose());

    cutShows(stream(""));
    assertThat(pair.second().requests()).isEmpty();
  }

  @Test
  void a_chat_that_a_response_answers_goes_on_as_a_chat(Vertx vertx) {
    start(vertx, MidStream.CONTINUE, Responses.YES, Responses.NO);
    String alone =
        "{\"error\":{\"message\":\"This model is only supported in v1/responses\",\"type\":"
            + "\"invalid_request_error\",\"param\":\"model\",\"code\":null}}";
    pair.first().next(MockAnswer.json(404, alone)).always(CUT);
    pair.second()
        .always(MockAnswer.events(Texts.role(), Texts.delta("!"), Texts.finish(), "[DONE]"));

    String body =
        pair.gateway().post("/v1/chat/completions", Texts.stream(Gateway.MODEL, "Hi")).body();

    assertThat(body)
        .containsSubsequence("\"Hello\"", "\" there\"", "\"!\"", "\"finish_reason\":\"stop\"")
        .endsWith("data: [DONE]\n\n");
  }

  private static List<String> other(List<String> events, String rest) {
    return events.stream()
        .map(event -> event.replace(ResponseTexts.ID, "resp_other").replace("msg_68", "msg_other"))
        .map(event -> event.replace(" there", rest))
        .toList();
  }

  private List<JsonObject> stream(String fields) {
    String asked = "{" + fields + ResponseTexts.stream(Gateway.MODEL, "Hi").substring(1);
    return pair.gateway()
        .post(PATH, asked)
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> new JsonObject(line.substring("data: ".length())))
        .toList();
  }

  /** What an SDK puts together of the events is what the last of them says, under one id. */
  private static void isOneResponse(List<JsonObject> events, String text) {
    JsonObject last = events.get(events.size() - 1);
    assertThat(last.getString("type")).as(last.encode()).isEqualTo("response.completed");
    assertThat(of(events, "response.created")).hasSize(1);
    assertThat(last.getJsonObject("response").getString("id"))
        .isEqualTo(events.get(0).getJsonObject("response").getString("id"));
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).getInteger("sequence_number")).isEqualTo(i);
    }
    JsonObject message = output(events).getJsonObject(0);
    assertThat(message.getJsonArray("content").getJsonObject(0).getString("text")).isEqualTo(text);
    List<JsonObject> pieces = of(events, "response.output_text.delta");
    assertThat(String.join("", pieces.stream().map(piece -> piece.getString("delta")).toList()))
        .isEqualTo(text);
    assertThat(pieces)
        .allSatisfy(
            piece -> {
              assertThat(piece.getString("item_id")).isEqualTo(message.getString("id"));
              assertThat(piece.getInteger("output_index")).isZero();
            });
    assertThat(of(events, "response.output_text.done"))
        .singleElement()
        .satisfies(done -> assertThat(done.getString("text")).isEqualTo(text));
    assertThat(of(events, "response.output_item.done")).hasSize(output(events).size());
    assertThat(of(events, "response.output_item.added")).hasSize(output(events).size());
  }

  private static void cutShows(List<JsonObject> events) {
    assertThat(of(events, "response.completed")).isEmpty();
    assertThat(of(events, "response.failed")).hasSize(1);
    assertThat(events.get(events.size() - 1).getString("type")).isEqualTo("error");
    assertThat(of(events, "response.output_text.delta")).hasSize(2);
  }

  private static List<JsonObject> of(List<JsonObject> events, String type) {
    return events.stream().filter(event -> event.getString("type").equals(type)).toList();
  }

  private static JsonArray output(List<JsonObject> events) {
    return events.get(events.size() - 1).getJsonObject("response").getJsonArray("output");
  }

  private void start(Vertx vertx, MidStream midStream, Responses first, Responses second) {
    start(vertx, midStream, first, second, PrefillOptions.all(Prefill.MESSAGE));
  }

  private void start(
      Vertx vertx, MidStream how, Responses first, Responses second, PrefillOptions prefill) {
    UnaryOperator<ProviderOptions> other = options -> options.withPrefill(prefill);
    pair =
        Pair.start(
            vertx,
            routing -> routing.withFailover(routing.failover().withMidStream(how)),
            options -> options.withResponses(first),
            options -> other.apply(options.withResponses(second)));
  }
}
