package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.DONE;
import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.USAGE;
import static dev.infermux.provider.openai.OpenAiSpeech.WORLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.answer.StreamSummary;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamTest {

  private final Vertx vertx = Vertx.vertx();
  private final MockUpstream upstream = MockUpstream.start(vertx);
  private final ProviderRig rig =
      new ProviderRig(
          vertx,
          here ->
              new OpenAiProvider(
                  here,
                  ProviderOptions.builder("up", ProviderType.OPENAI)
                      .baseUrl(upstream.baseUrl())
                      .build()));

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
    vertx.close().await();
  }

  private StreamProbe read(TestCall call, MockAnswer answer) {
    upstream.next(answer);
    StreamProbe probe = rig.streamed(call);
    probe.toEnd();
    return probe;
  }

  private StreamProbe read(String... events) {
    return read(TestCall.stream(), MockAnswer.events(events));
  }

  private Failure failure(String... events) {
    upstream.next(MockAnswer.events(events));
    return rig.failure(TestCall.stream());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai/chat-stream.sse", "openai/chat-stream-usage.sse"})
  void recorded_streams_pass_byte_for_byte(String file) {
    StreamProbe probe = read(TestCall.streamWithUsage(), MockAnswer.sse(List.of(Wire.bytes(file))));

    assertThat(probe.text()).isEqualTo(Wire.text(file));
    assertThat(probe.failure()).isNull();
  }

  @Test
  void a_recorded_legacy_completion_passes_byte_for_byte() {
    String file = "openai/completion-stream-usage.sse";
    TestCall call =
        TestCall.of(
            Operation.COMPLETION,
            "{\"model\":\"babbage\",\"prompt\":\"x\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    StreamProbe probe = read(call, MockAnswer.sse(List.of(Wire.bytes(file))));

    assertThat(probe.text()).isEqualTo(Wire.text(file));
    assertThat(probe.summary().usage()).isEqualTo(Usage.reported(31, 25));
    assertThat(probe.summary().contentChars()).isPositive();
  }

  @Test
  void a_stream_of_reasoning_alone_is_whole() {
    StreamProbe probe =
        read(
            TestCall.stream(), MockAnswer.sse(List.of(Wire.bytes("openai/chat-stream-usage.sse"))));

    assertThat(probe.summary().failure()).isNull();
    assertThat(probe.summary().finishReason()).isEqualTo("length");
    assertThat(probe.summary().usage()).isEqualTo(new Usage(12, 0, 0, 0, 100, 100, false));
    assertThat(probe.summary().firstTokenNanos()).isZero();
    assertThat(probe.text()).doesNotContain("prompt_tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/groq-tools.chunks",
        "openai/mistral-tools.chunks",
        "openai/deepseek-tools.chunks",
        "openai/xai-tools.chunks",
        "openai/model-router.chunks"
      })
  void recorded_relatives_come_out_in_the_profile_all_clients_take(String file) {
    List<String> events = new ArrayList<>(Wire.lines(file));
    events.add(DONE);

    StreamProbe probe = read(TestCall.streamWithUsage(), MockAnswer.events(events));

    List<JsonObject> chunks = new ArrayList<>();
    probe
        .events()
        .subList(0, probe.events().size() - 1)
        .forEach(e -> chunks.add(new JsonObject(e)));
    assertThat(probe.events()).last().isEqualTo(DONE);
    JsonObject usage = chunks.remove(chunks.size() - 1);
    assertThat(usage.getJsonArray("choices")).isEmpty();
    assertThat(usage.getJsonObject("usage").getMap())
        .containsKeys("prompt_tokens", "completion_tokens", "total_tokens");
    for (JsonObject chunk : chunks) {
      assertThat(chunk.getMap()).containsKeys("id", "object", "created", "model", "choices");
      assertThat(chunk.getValue("usage")).isNull();
      assertThat(chunk.containsKey("error")).isFalse();
    }
    JsonObject first =
        chunks.stream().filter(c -> !c.getJsonArray("choices").isEmpty()).findFirst().orElseThrow();
    assertThat(
            first.getJsonArray("choices").getJsonObject(0).getJsonObject("delta").getString("role"))
        .isEqualTo("assistant");
    assertThat(probe.summary().usage()).isNotNull();
    assertThat(probe.summary().failure()).isNull();
  }

  @Test
  void usage_beside_the_last_choice_is_shown_apart_or_not_at_all() {
    List<String> events = new ArrayList<>(Wire.lines("openai/groq-tools.chunks"));
    events.add(DONE);

    assertThat(read(TestCall.stream(), MockAnswer.events(events)).events())
        .hasSize(4)
        .noneMatch(OpenAiStreamTest::hasUsage);
    JsonObject usage =
        new JsonObject(read(TestCall.streamWithUsage(), MockAnswer.events(events)).events().get(3));
    assertThat(usage.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(210);
    assertThat(usage.getJsonObject("usage").getDouble("queue_time")).isEqualTo(0.041520249);
    assertThat(usage.getString("id")).isEqualTo("chatcmpl-b610d559-f156-4aca-8827-24b4fe6af54f");
  }

  private static boolean hasUsage(String event) {
    return event.startsWith("{") && new JsonObject(event).getJsonObject("usage") != null;
  }

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

    StreamSummary summary = probe.summary();
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
    org.awaitility.Awaitility.await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void broken_and_empty_chunks_and_comments_are_left_out() {
    String stream =
        ": OPENROUTER PROCESSING\n\ndata: "
            + ROLE
            + "\n\ndata:\n\ndata: : keepalive\n\n: ping\n\n"
            + "data: {\"id\": oops}\n\ndata: \"text\"\n\ndata: {\"type\":\"ping\"}\n\n"
            + "event: ping\n\ndata: "
            + HELLO
            + "\r\n\r\nid: 7\ndata: "
            + STOP
            + "\n\ndata: [DONE]\n\n";

    StreamProbe probe = read(TestCall.stream(), MockAnswer.sse(List.of(Buffer.buffer(stream))));

    assertThat(probe.events()).containsExactly(ROLE, HELLO, STOP, DONE);
    assertThat(probe.failure()).isNull();
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
  void an_error_after_content_fails_the_stream(String event) throws InterruptedException {
    var gate = new java.util.concurrent.CompletableFuture<Void>();
    upstream.next(MockAnswer.events(ROLE, HELLO).thenAfter(gate, event, DONE));
    StreamProbe probe = rig.streamed(TestCall.stream());
    gate.complete(null);

    StreamSummary summary = probe.toEnd();

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
  void json_or_markup_instead_of_a_stream_is_no_answer() {
    upstream.next(MockAnswer.json(OpenAiSpeech.WHOLE), MockAnswer.html(200));

    assertThat(rig.failure(TestCall.stream()).message()).contains("no event stream");
    assertThat(rig.failure(TestCall.stream()).message()).contains("no event stream");
  }

  @Test
  void odd_chunks_are_repaired() {
    StreamProbe probe =
        read(
            ROLE,
            OpenAiSpeech.chunk(
                "\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\",\"logprobs\":{\"x\":-0.10}}]"),
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}",
            "{\"id\":\"x\",\"object\":\"y\",\"created\":1.5,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"c\"}}]}",
            OpenAiSpeech.chunk("\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]"),
            DONE);

    assertThat(probe.events())
        .containsExactly(
            ROLE,
            OpenAiSpeech.chunk(
                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null,\"logprobs\":{\"x\":-0.10}}]"),
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}],\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\"}",
            "{\"id\":\"x\",\"object\":\"y\",\"created\":1700000000,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"c\"},\"index\":0}]}",
            OpenAiSpeech.chunk(
                "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"delta\":{}}]"),
            DONE);
  }

  @Test
  void a_role_that_is_missing_is_added_once() {
    List<String> events = read(HELLO, WORLD, STOP, DONE).events();

    assertThat(events.get(0)).contains("\"role\":\"assistant\"");
    assertThat(events.subList(1, 4)).containsExactly(WORLD, STOP, DONE);
  }
}
