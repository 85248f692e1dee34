package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.DONE;
import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.USAGE;
import static dev.infermux.provider.openai.OpenAiSpeech.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.End;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamEndTest extends OpenAiStreams {

  @Test
  void a_reason_to_end_makes_a_stream_whole_without_done() {
    assertThat(read(ROLE, HELLO, WORLD, STOP).events()).last().isEqualTo(DONE);

    MockAnswer torn = MockAnswer.events(ROLE, HELLO, WORLD, STOP).thenClose();
    StreamProbe probe = read(TestCall.stream(), torn);
    assertThat(probe.ended()).isTrue();
    assertThat(probe.events()).last().isEqualTo(DONE);
  }

  @Test
  void every_choice_needs_its_own_reason() {
    TestCall two =
        TestCall.of(
            Operation.CHAT,
            "{\"model\":\"m\",\"stream\":true,\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

    assertThat(read(two, MockAnswer.events(ROLE, HELLO, STOP)).failure()).isNotNull();
    assertThat(
            read(two, MockAnswer.events(ROLE, STOP, STOP.replace("\"index\":0", "\"index\":1")))
                .failure())
        .isNull();
  }

  @Test
  void a_cut_stream_keeps_what_came_and_fails() {
    StreamProbe probe = read(TestCall.stream(), MockAnswer.events(ROLE, HELLO).thenReset());

    End summary = probe.summary();
    assertThat(((UpstreamError) summary.failure()).kind()).isEqualTo(FailureClass.CUT);
    assertThat(summary.contentChars()).isEqualTo("Hello, ".length());
    assertThat(probe.failure()).isEqualTo(summary.failure());
    assertThat(probe.ended()).isFalse();
  }

  @Test
  void what_follows_done_is_ignored() {
    assertThat(read(ROLE, HELLO, STOP, DONE, WORLD, "{\"error\":{\"message\":\"x\"}}").events())
        .containsExactly(ROLE, HELLO, STOP, DONE);
  }

  @Test
  void the_stream_ends_at_done_though_the_connection_stays() {
    StreamProbe probe =
        read(TestCall.stream(), MockAnswer.events(ROLE, HELLO, STOP, DONE).thenSilence());

    assertThat(probe.ended()).isTrue();
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void an_error_before_anything_else_fails_the_attempt() {
    UpstreamError failure =
        (UpstreamError)
            failure(
                "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}}");
    assertThat(failure.kind()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(failure.message()).contains("The server had an error");

    assertThat(((UpstreamError) failure("{\"error\":{\"code\":429,\"message\":\"Slow\"}}")).kind())
        .isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(
            ((ProviderRejected)
                    failure("{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"x\"}}"))
                .kind())
        .isEqualTo(FailureClass.CONTEXT_LENGTH);
    assertThat(failure(ROLE.replace("\"choices\"", "\"error\":{\"message\":\"no\"},\"choices\"")))
        .isInstanceOf(UpstreamError.class);
  }

  @Test
  void an_event_named_error_is_one_whatever_it_holds() {
    upstream.next(
        MockAnswer.sse(
            List.of(Buffer.buffer("event: error\ndata: {\"message\":\"Overloaded\"}\n\n"))));

    assertThat(rig.failure(TestCall.stream()).message()).contains("Overloaded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"Broke down\"}}",
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}"
      })
  void an_error_after_content_fails_the_stream(String event) {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    upstream.next(MockAnswer.events(ROLE, HELLO).thenAfter(gate, event, DONE));
    StreamProbe probe = rig.streamed(TestCall.stream());
    gate.complete(null);

    End summary = probe.toEnd();

    assertThat(((UpstreamError) summary.failure()).kind()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(probe.content()).isEqualTo("Hello, ");
    assertThat(probe.text()).doesNotContain("[DONE]").doesNotContain("Broke down");
  }

  @Test
  void a_stream_without_a_single_chunk_is_no_answer() {
    assertThat(failure(DONE).message()).contains("without a single chunk");
    assertThat(failure().message()).contains("without a single chunk");
    assertThat(failure("{\"id\":1").message()).contains("without a single chunk");
    assertThat(failure(USAGE, DONE).message()).contains("without a single chunk");
  }

  @Test
  void markup_instead_of_a_stream_is_no_answer() {
    upstream.next(MockAnswer.html(200));

    assertThat(rig.failure(TestCall.stream()).message()).contains("no event stream");
  }

  @Test
  void a_whole_stream_stays_whole_though_its_reader_sleeps_through_the_end() {
    upstream.next(MockAnswer.events(ROLE, HELLO, WORLD, STOP).thenClose());
    StreamProbe probe = rig.streamed(TestCall.stream());
    await().until(() -> upstream.openConnections() == 0);

    assertThat(probe.toEnd().failure()).isNull();
    assertThat(probe.events()).containsExactly(ROLE, HELLO, WORLD, STOP, DONE);
  }

  @Test
  void a_cut_stream_stays_cut_though_its_reader_sleeps_through_the_end() {
    upstream.next(MockAnswer.events(ROLE, HELLO).thenClose());
    StreamProbe probe = rig.streamed(TestCall.stream());
    await().until(() -> upstream.openConnections() == 0);

    assertThat(probe.toEnd().failure()).isNotNull();
    assertThat(probe.events()).containsExactly(ROLE, HELLO);
  }

  @Test
  void a_watched_first_token_is_waited_for_so_that_silence_still_fails_the_attempt() {
    rig.close();
    rig = rig(options -> options.withFirstTokenTimeout(Duration.ofMillis(300)));
    upstream.next(MockAnswer.events(ROLE).thenSilence());
    assertThat(rig.failure(TestCall.stream())).isInstanceOf(UpstreamTimeout.class);

    upstream.next(MockAnswer.events(ROLE).thenReset());
    assertThat(rig.failure(TestCall.stream())).isInstanceOf(UpstreamError.class);

    assertThat(read(ROLE, HELLO, STOP, DONE).events()).containsExactly(ROLE, HELLO, STOP, DONE);
    assertThat(read(ROLE, STOP, DONE).failure()).isNull();
  }

  @Test
  void an_event_without_end_is_refused() {
    upstream.next(
        MockAnswer.flood("text/event-stream", Buffer.buffer("data: " + "x".repeat(60_000)), -1));

    assertThat(rig.failure(TestCall.stream()).message()).contains("more than 16 MiB");
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void a_connection_that_was_closed_while_idle_is_not_used_again() {
    upstream.next(MockAnswer.json(OpenAiSpeech.WHOLE).thenClose());
    rig.whole(TestCall.chat());
    await().until(() -> upstream.openConnections() == 0);

    assertThat(read(ROLE, HELLO, STOP, DONE).failure()).isNull();
    assertThat(upstream.acceptedConnections()).isEqualTo(2);
  }
}
