package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.USAGE;
import static dev.infermux.provider.openai.OpenAiSpeech.WHOLE;
import static dev.infermux.provider.openai.OpenAiSpeech.WORLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is read as what it is, whatever its content type says and whatever was asked for. */
@ExtendWith(VertxExtension.class)
class AnswerFormsTest {

  private static final String EVENTS =
      "data: "
          + ROLE
          + "\n\ndata: "
          + HELLO
          + "\n\ndata: "
          + WORLD
          + "\n\ndata: "
          + STOP
          + "\n\ndata: "
          + USAGE
          + "\n\ndata: [DONE]\n\n";

  private static final String TOOLS =
      "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":"
          + "[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
          + "\"{\\\"x\\\":1.0}\"}},{\"id\":\"b\",\"type\":\"function\",\"function\":{\"name\":"
          + "\"g\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}";

  private WireRig wire;

  @BeforeEach
  void open(Vertx vertx) {
    wire = new WireRig(vertx);
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/stream+json",
        "text/plain; charset=iso-8859-1",
        "application/octet-stream",
        "TEXT/EVENT-STREAM; charset=latin1",
        ""
      })
  void events_are_known_by_their_first_bytes(String type) {
    for (String before :
        List.of("", ": hello\n\n", "event: x\n", "id: 1\n", "retry: 5\n", "\n\n")) {
      wire.mock().next(typed(type, Buffer.buffer(before + EVENTS)));
      assertSpoken(wire.rig().streamed(TestCall.stream()));
    }
  }

  @Test
  void events_are_known_however_they_were_torn() {
    List<Buffer> bytes = new ArrayList<>();
    for (byte one : ("\uFEFF: c\n\n" + EVENTS).getBytes(UTF_8)) {
      bytes.add(Buffer.buffer(new byte[] {one}));
    }
    wire.mock()
        .next(
            MockAnswer.sse(bytes).header("content-type", "application/json"),
            MockAnswer.sse(bytes));

    assertSpoken(wire.rig().streamed(TestCall.stream()));
    assertSpoken(wire.rig().streamed(TestCall.stream()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>busy</html>", "busy", "dat", "   "})
  void what_is_neither_is_no_answer(String body) {
    wire.mock().next(typed("text/plain", Buffer.buffer(body)));

    assertThat(wire.kind(TestCall.stream())).isEqualTo(FailureClass.MALFORMED);
  }

  @Test
  void a_whole_answer_to_a_stream_s_request_becomes_a_stream() {
    for (String type : List.of("application/json", "text/event-stream", "text/plain")) {
      wire.mock().next(typed(type, Buffer.buffer("\uFEFF" + WHOLE)));

      StreamProbe probe = wire.rig().streamed(TestCall.streamWithUsage());

      End end = probe.toEnd();
      assertThat(end.failure()).isNull();
      assertThat(probe.content()).isEqualTo("Hello, world");
      assertThat(end.usage()).isNotNull();
      assertThat(end.usage().promptTokens()).isEqualTo(9);
      List<String> events = probe.events();
      assertThat(events).last().isEqualTo("[DONE]");
      assertThat(choice(events.get(0)).getJsonObject("delta").getString("role"))
          .isEqualTo("assistant");
      assertThat(choice(events.get(2)).getString("finish_reason")).isEqualTo("stop");
      assertThat(new JsonObject(events.get(3)).getJsonArray("choices")).isEmpty();
    }
    assertThat(wire.mock().requests()).hasSize(3);
  }

  @Test
  void its_usage_is_shown_to_who_asked_for_it_alone() {
    wire.mock().next(MockAnswer.json(WHOLE));

    StreamProbe probe = wire.rig().streamed(TestCall.stream());

    assertThat(probe.toEnd().usage()).isNotNull();
    assertThat(probe.text()).doesNotContain("prompt_tokens");
  }

  @Test
  void calls_of_tools_become_fragments() {
    wire.mock().next(MockAnswer.json(TOOLS));

    StreamProbe probe = wire.rig().streamed(TestCall.stream());

    assertThat(probe.toEnd().finishReason()).isEqualTo("tool_calls");
    List<JsonObject> calls = new ArrayList<>();
    for (String event : probe.events()) {
      if (event.startsWith("{")) {
        choice(event)
            .getJsonObject("delta")
            .getJsonArray("tool_calls", new JsonArray())
            .forEach(call -> calls.add((JsonObject) call));
      }
    }
    assertThat(calls).extracting(call -> call.getInteger("index")).containsExactly(0, 1);
    assertThat(calls).extracting(call -> call.getString("id")).containsExactly("a", "b");
    assertThat(calls.get(0).getJsonObject("function").getString("arguments"))
        .isEqualTo("{\"x\":1.0}");
  }

  @Test
  void a_legacy_completion_becomes_a_stream_too() {
    wire.mock()
        .next(
            MockAnswer.json(
                "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"text\":\"Hello\",\"logprobs\":null,"
                    + "\"finish_reason\":\"length\"}]}"));

    StreamProbe probe =
        wire.rig()
            .streamed(
                TestCall.of(
                    Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":true}"));

    assertThat(probe.toEnd().finishReason()).isEqualTo("length");
    assertThat(probe.content()).isEqualTo("Hello");
  }

  @Test
  void an_error_in_its_place_is_one() {
    wire.mock()
        .next(
            MockAnswer.json(
                "{\"error\":{\"message\":\"slow"
                    + " down\",\"type\":\"rate_limit_error\",\"code\":429}}"),
            MockAnswer.json(WHOLE.substring(0, WHOLE.length() / 2)));

    assertThat(wire.kind(TestCall.stream())).isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(wire.kind(TestCall.stream())).isEqualTo(FailureClass.MALFORMED);
  }

  @Test
  void a_stream_that_nobody_asked_for_is_joined() {
    for (String type : List.of("text/event-stream", "application/json")) {
      wire.mock().next(typed(type, Buffer.buffer(EVENTS)));

      WholeAnswer answer = wire.rig().whole(TestCall.chat());

      JsonObject json = answer.body().toJsonObject();
      assertThat(json.getString("object")).isEqualTo("chat.completion");
      JsonObject choice = json.getJsonArray("choices").getJsonObject(0);
      assertThat(choice.getJsonObject("message").getString("content")).isEqualTo("Hello, world");
      assertThat(choice.getString("finish_reason")).isEqualTo("stop");
      assertThat(json.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(9);
    }
  }

  @Test
  void a_stream_that_was_cut_is_never_joined() {
    int complete = EVENTS.indexOf(STOP) + STOP.length();
    for (int length = 7; length < complete; length += 13) {
      wire.mock().next(typed("text/event-stream", Buffer.buffer(EVENTS.substring(0, length))));

      Failure failure = wire.failure(TestCall.chat());

      assertThat(failure.kind()).isIn(FailureClass.CUT, FailureClass.MALFORMED);
    }
  }

  @Test
  void a_compressed_stream_is_read_and_an_unknown_encoding_is_not() {
    wire.mock()
        .next(
            typed("text/event-stream", Buffer.buffer(EVENTS)).gzipped(),
            typed("application/json", Buffer.buffer(WHOLE)).gzipped(),
            typed("text/event-stream", Buffer.buffer(EVENTS)).header("content-encoding", "br"),
            typed("text/event-stream", Buffer.buffer(EVENTS)).header("content-encoding", "gzip"));

    assertSpoken(wire.rig().streamed(TestCall.stream()));
    assertSpoken(wire.rig().streamed(TestCall.stream()));
    assertThat(wire.kind(TestCall.stream())).isEqualTo(FailureClass.MALFORMED);
    assertThat(wire.kind(TestCall.stream())).isEqualTo(FailureClass.MALFORMED);
  }

  private static void assertSpoken(StreamProbe probe) {
    assertThat(probe.toEnd().failure()).isNull();
    assertThat(probe.content()).isEqualTo("Hello, world");
    assertThat(probe.events()).last().isEqualTo("[DONE]");
  }

  private static JsonObject choice(String event) {
    return new JsonObject(event)
        .getJsonArray("choices").stream()
            .map(JsonObject.class::cast)
            .findFirst()
            .orElseGet(() -> new JsonObject().put("delta", new JsonObject()));
  }

  private static MockAnswer typed(String type, Buffer body) {
    return MockAnswer.body(200, type, body);
  }
}
