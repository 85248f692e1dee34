package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in every form that HTTP/1 allows, and some that it does not. */
@ExtendWith(VertxExtension.class)
class HttpAnswersTest {

  private static final String LENGTH = "Content-Length: " + WHOLE.length() + "\r\n\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String SSE = "Content-Type: text/event-stream\r\n";
  private static final String EVENTS =
      "data: " + ROLE + "\n\ndata: " + HELLO + "\n\ndata: " + STOP + "\n\ndata: [DONE]\n\n";

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
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 P\r\n\r\nHTTP/1.1 110 New\r\nX: y\r\n\r\n"
      })
  void interim_answers_are_skipped(String interim) {
    wire.mock().next(MockAnswer.raw(interim, "HTTP/1.1 200 OK\r\n" + JSON + LENGTH + WHOLE));
    assertThat(wire.whole()).isEqualTo(WHOLE);

    wire.mock()
        .next(
            MockAnswer.raw(interim + "HTTP/1.1 200 OK\r\n" + SSE + "Connection: close\r\n\r\n")
                .thenAfter(CompletableFuture.completedFuture(null), ROLE, HELLO, STOP, "[DONE]")
                .thenClose());
    StreamProbe probe = wire.rig().streamed(TestCall.stream());
    assertThat(probe.toEnd().failure()).isNull();
    assertThat(wire.mock().acceptedConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: close\r\n", "Connection: keep-alive\r\n"})
  void an_answer_of_http_1_0_ends_with_its_connection(String connection) {
    String head = "HTTP/1.0 200 OK\r\n" + connection;
    wire.mock().next(MockAnswer.raw(head + JSON + "\r\n", WHOLE).thenClose());
    assertThat(wire.whole()).isEqualTo(WHOLE);

    wire.mock().next(MockAnswer.raw(head + SSE + "\r\n", EVENTS).thenClose());
    assertThat(wire.rig().streamed(TestCall.stream()).toEnd().failure()).isNull();

    wire.mock().next(MockAnswer.raw(head + JSON + "\r\n", half(WHOLE)).thenClose());
    assertThat(wire.kind(TestCall.chat())).isEqualTo(FailureClass.MALFORMED);

    wire.mock().next(MockAnswer.raw(head + SSE + "\r\n", "data: " + HELLO + "\n\n").thenClose());
    Failure cut = wire.rig().streamed(TestCall.stream()).toEnd().failure();
    assertThat(cut).isNotNull();
    assertThat(cut.kind()).isEqualTo(FailureClass.CUT);
  }

  @Test
  void a_stream_of_http_1_0_is_over_with_its_last_event_though_the_connection_stays() {
    wire.mock()
        .next(
            MockAnswer.raw("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + SSE + "\r\n", EVENTS)
                .thenSilence());

    assertThat(wire.rig().streamed(TestCall.stream()).toEnd().failure()).isNull();
  }

  @Test
  void a_kept_connection_of_http_1_0_is_used_again() {
    String head = "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + JSON + LENGTH + WHOLE;
    wire.mock().next(MockAnswer.raw(head), MockAnswer.raw(head));

    assertThat(wire.whole()).isEqualTo(WHOLE);
    assertThat(wire.whole()).isEqualTo(WHOLE);
  }

  @Test
  void a_whole_answer_that_breaks_off_is_never_an_answer() {
    String head = "HTTP/1.1 200 OK\r\n" + JSON;
    wire.mock()
        .next(
            MockAnswer.raw(head + LENGTH, half(WHOLE)).thenClose(),
            MockAnswer.raw(head + LENGTH, half(WHOLE)).thenReset(),
            MockAnswer.raw(head + "Transfer-Encoding: chunked\r\n\r\n800\r\n" + half(WHOLE))
                .thenClose());

    for (int i = 0; i < 3; i++) {
      assertThat(wire.kind(TestCall.chat())).isEqualTo(FailureClass.CONNECTION);
    }
  }

  @Test
  void bytes_behind_an_answer_spoil_their_connection_and_nothing_else() {
    wire.mock()
        .next(
            MockAnswer.raw("HTTP/1.1 200 OK\r\n" + JSON + LENGTH + WHOLE + "garbage\r\n\r\n"),
            MockAnswer.json(WHOLE));

    assertThat(wire.whole()).isEqualTo(WHOLE);
    assertThat(wire.whole()).isEqualTo(WHOLE);
  }

  @Test
  void garbage_behind_the_json_of_an_answer_spoils_it() {
    wire.mock().next(MockAnswer.json(WHOLE + "\n"), MockAnswer.json(WHOLE + "}"));

    assertThat(wire.whole()).isEqualTo(WHOLE + "\n");
    assertThat(wire.kind(TestCall.chat())).isEqualTo(FailureClass.MALFORMED);
  }

  @Test
  void a_connection_that_ends_after_a_long_silence_was_silent() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    wire.mock().next(MockAnswer.raw().after(gate).thenClose());
    CompletableFuture<Answer> answer = wire.rig().start(TestCall.chat().attempt());
    await().until(() -> wire.mock().requests().size() == 1);

    wire.later(Duration.ofSeconds(12));
    gate.complete(null);

    Failure failure = ProviderRig.failure(answer);
    assertThat(failure.kind()).isEqualTo(FailureClass.SILENCE);
    assertThat(failure.message()).contains("after 12s of silence");
  }

  @Test
  void a_stream_that_ends_after_a_long_silence_before_its_content_was_silent() {
    for (MockAnswer begun : new MockAnswer[] {MockAnswer.events(), MockAnswer.events(ROLE)}) {
      int before = wire.mock().requests().size();
      CompletableFuture<Void> gate = new CompletableFuture<>();
      wire.mock().next(begun.thenAfter(gate).thenClose());
      CompletableFuture<Answer> answer = wire.rig().start(TestCall.stream().attempt());
      await()
          .until(
              () ->
                  wire.mock().requests().size() > before
                      && wire.mock().lastRequest().bytesSent() > 0);
      wire.rig().settle();

      wire.later(Duration.ofSeconds(12));
      gate.complete(null);

      assertThat(ProviderRig.failure(answer).kind()).isEqualTo(FailureClass.SILENCE);
    }
  }

  @Test
  void a_whole_answer_that_breaks_off_after_a_long_silence_was_silent() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    wire.mock()
        .next(
            MockAnswer.raw("HTTP/1.1 200 OK\r\n" + JSON + LENGTH, half(WHOLE))
                .thenAfter(gate)
                .thenClose());
    CompletableFuture<Answer> answer = wire.rig().start(TestCall.chat().attempt());
    await().until(() -> !wire.mock().requests().isEmpty());
    await().until(() -> wire.mock().lastRequest().bytesSent() > WHOLE.length() / 2);
    wire.rig().settle();

    wire.later(Duration.ofSeconds(12));
    gate.complete(null);

    assertThat(ProviderRig.failure(answer).kind()).isEqualTo(FailureClass.SILENCE);
  }

  private static String half(String text) {
    return text.substring(0, text.length() / 2);
  }
}
