package dev.infermux.provider.ollama;

import static dev.infermux.testing.OllamaTexts.CALLS;
import static dev.infermux.testing.OllamaTexts.DONE;
import static dev.infermux.testing.OllamaTexts.HELLO;
import static dev.infermux.testing.OllamaTexts.THINKING;
import static dev.infermux.testing.OllamaTexts.WORLD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.ollama.OllamaEndpoint;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usage;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.OllamaTexts;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls in Ollama's own dialect, over real sockets. */
@ExtendWith(VertxExtension.class)
class OllamaProviderTest {

  private Vertx vertx;
  private MockUpstream upstream;
  private ProviderRig rig;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx);
    rig = rig(options -> options);
  }

  @AfterEach
  void close() {
    rig.close();
    upstream.close();
  }

  private ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        ProviderOptions.of("up", ProviderType.OLLAMA).withBaseUrl(upstream.baseUrl());
    return new ProviderRig(
        vertx, here -> new OllamaProvider(here, VertxTimers.time(here), change.apply(options)));
  }

  @Test
  void whole_answer_passes_byte_for_byte() {
    upstream.next(MockAnswer.json(OllamaTexts.WHOLE));
    TestCall call = OllamaTexts.chat(false);

    WholeAnswer answer = rig.whole(call);

    assertThat(answer.body().toString()).isEqualTo(OllamaTexts.WHOLE);
    assertThat(answer.usage()).isEqualTo(Usage.reported(9, 3));
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(answer.model()).isEqualTo("llama3.2");
    MockRequest request = upstream.lastRequest();
    assertThat(request.target()).isEqualTo("/api/chat");
    assertThat(request.body()).isEqualTo(new String(call.call().body().bytes(), UTF_8));
  }

  @Test
  void stream_passes_byte_for_byte_and_ends_when_it_is_done() {
    upstream.next(OllamaTexts.stream(THINKING, HELLO, WORLD, CALLS, DONE));

    StreamProbe probe = rig.streamed(OllamaTexts.chat(true));
    End end = probe.toEnd();

    assertThat(probe.text())
        .isEqualTo(OllamaTexts.lines(THINKING, HELLO, WORLD, CALLS, DONE).toString());
    assertThat(end.failure()).isNull();
    assertThat(end.usage()).isEqualTo(Usage.reported(9, 3));
    assertThat(end.firstTokenNanos()).isNotZero();
    assertThat(end.chunks().count()).isEqualTo(4);
    assertThat(end.chunks().nanos()).isPositive();
    assertThat(end.contentChars()).isGreaterThan("WellHello, world".length());
    assertThat(upstream.lastRequest().headers().get("accept")).isEqualTo("application/x-ndjson");
  }

  @Test
  void stream_cut_at_any_byte_is_never_a_success() {
    Buffer all = OllamaTexts.lines(THINKING, HELLO, CALLS, DONE);
    int whole = all.length() - 1;
    List<Object> outcomes = new ArrayList<>();
    for (int offset = 0; offset < whole; offset++) {
      upstream.next(OllamaTexts.stream(List.of(all)).cutAfter(offset));
      outcomes.add(outcome());
    }

    for (int offset = 0; offset < whole; offset++) {
      if (outcomes.get(offset) instanceof StreamProbe probe) {
        assertThat(probe.toEnd().failure()).as("cut after %d bytes", offset).isNotNull();
        assertThat(probe.text()).as("cut after %d bytes", offset).doesNotContain("\"done\":true");
      }
    }
  }

  private Object outcome() {
    try {
      return rig.streamed(OllamaTexts.chat(true));
    } catch (InferenceException failed) {
      return failed.failure();
    }
  }

  @Test
  void stream_without_its_last_line_end_is_whole() {
    Buffer all = OllamaTexts.lines(HELLO, DONE);
    upstream.next(OllamaTexts.stream(List.of(all.slice(0, all.length() - 1))));

    StreamProbe probe = rig.streamed(OllamaTexts.chat(true));

    assertThat(probe.toEnd().failure()).isNull();
    assertThat(probe.text()).isEqualTo(all.toString());
  }

  @Test
  void stream_that_is_done_without_a_reason_was_cut_by_its_engine() {
    upstream.next(OllamaTexts.stream(HELLO, DONE.replace("\"done_reason\":\"stop\",", "")));

    StreamProbe probe = rig.streamed(OllamaTexts.chat(true));
    End end = probe.toEnd();

    assertThat(end.failure()).isNotNull();
    assertThat(end.failure().kind()).isEqualTo(FailureClass.CUT);
    assertThat(end.usage()).isEqualTo(Usage.reported(9, 3));
    assertThat(probe.text()).isEqualTo(HELLO + "\n");
  }

  @Test
  void error_in_a_line_fails_the_stream_and_is_not_shown() {
    upstream.next(OllamaTexts.stream(HELLO, "{\"error\":\"an error was encountered\"}", DONE));

    StreamProbe probe = rig.streamed(OllamaTexts.chat(true));
    End end = probe.toEnd();

    assertThat(end.failure()).isNotNull();
    assertThat(end.failure().kind()).isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(probe.text()).isEqualTo(HELLO + "\n");
  }

  @Test
  void error_before_the_first_token_fails_the_attempt() {
    upstream.next(
        OllamaTexts.stream("{\"error\":\"the input length exceeds the context length\"}"));

    Failure failure = rig.failure(OllamaTexts.chat(true));

    assertThat(failure.kind()).isEqualTo(FailureClass.CONTEXT_LENGTH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404|model 'llama3.2' not found|NOT_FOUND|model_not_found",
        "400|registry.ollama.ai/x does not support tools|CALLER_FAULT|upstream_rejected",
        "400|the prompt is longer than the context length currently available"
            + "|CONTEXT_LENGTH|context_length_exceeded",
        "500|input exceeds maximum context length and cannot be"
            + " truncated|CONTEXT_LENGTH|context_length_exceeded",
        "503|server busy, please try again.  maximum pending requests exceeded"
            + "|SERVER_ERROR|upstream_error",
      })
  void refusal_has_its_class(int status, String message, FailureClass kind, String code) {
    upstream.always(OllamaTexts.error(status, message));

    for (boolean stream : new boolean[] {true, false}) {
      Failure failure = rig.failure(OllamaTexts.chat(stream));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.message()).contains(message);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\",\"done\":true}",
        "{\"message\":{\"content\":\"Hel\"},\"done\":false}",
        "{\"message\":{\"content\":\"Hel\"},\"done\":true}",
        "{\"response\":7",
        "[]",
        "{\"error\":\"late\"}"
      })
  void answer_that_is_none_fails(String body) {
    upstream.next(MockAnswer.json(body));

    assertThat(rig.failure(OllamaTexts.chat(false))).isNotInstanceOf(ProviderRejected.class);
  }

  @Test
  void model_that_is_loaded_is_an_answer() {
    String loaded =
        "{\"model\":\"llama3.2\",\"created_at\":\"2026-08-21T18:48:22Z\",\"response\":\"\","
            + "\"done\":true,\"done_reason\":\"load\"}";
    upstream.next(MockAnswer.json(loaded));

    WholeAnswer answer = rig.whole(OllamaTexts.call(OllamaEndpoint.GENERATE, "\"keep_alive\":-1"));

    assertThat(answer.body().toString()).isEqualTo(loaded);
    assertThat(answer.finishReason()).isEqualTo("load");
  }

  @ParameterizedTest
  @EnumSource(OllamaEndpoint.class)
  void each_endpoint_is_asked_at_its_place(OllamaEndpoint endpoint) {
    String field =
        switch (endpoint) {
          case CHAT -> "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
          case EMBED -> "\"input\":[\"x\",\"y\"]";
          case GENERATE, LEGACY_EMBEDDINGS -> "\"prompt\":\"x\"";
        };
    String answer =
        switch (endpoint) {
          case CHAT -> OllamaTexts.WHOLE;
          case GENERATE -> OllamaTexts.GENERATED;
          case EMBED -> "{\"model\":\"m\",\"embeddings\":[[0.1],[0.2]],\"prompt_eval_count\":4}";
          case LEGACY_EMBEDDINGS -> "{\"embedding\":[0.1]}";
        };
    upstream.next(MockAnswer.json(answer));

    WholeAnswer read = rig.whole(OllamaTexts.call(endpoint, "\"stream\":false," + field));

    assertThat(upstream.lastRequest().target()).isEqualTo(endpoint.path());
    assertThat(read.body().toString()).isEqualTo(answer);
    if (endpoint == OllamaEndpoint.EMBED) {
      assertThat(read.usage()).isEqualTo(Usage.reported(4, 0));
    }
  }

  @Test
  void no_credential_is_sent_unless_the_configuration_has_one() {
    upstream.always(MockAnswer.json(OllamaTexts.WHOLE));

    rig.whole(OllamaTexts.chat(false).credential("sk-caller"));
    assertThat(upstream.lastRequest().headers().toString()).doesNotContain("sk-caller");
    assertThat(upstream.lastRequest().headers().contains("authorization")).isFalse();

    ProviderRig keyed =
        rig(
            options ->
                options.withApiKey(Secret.of("own-key")).withHeaders(Map.of("x-gateway", "yes")));
    keyed.whole(OllamaTexts.chat(false).credential("sk-caller"));
    keyed.close();
    assertThat(upstream.lastRequest().headers().get("authorization")).isEqualTo("Bearer own-key");
    assertThat(upstream.lastRequest().headers().get("x-gateway")).isEqualTo("yes");
  }

  @Test
  void prompt_that_was_in_the_cache_is_not_counted_and_spoils_nothing() {
    upstream.next(MockAnswer.json(OllamaTexts.WHOLE.replace("\"prompt_eval_count\":9,", "")));

    assertThat(rig.whole(OllamaTexts.chat(false)).usage()).isEqualTo(Usage.reported(0, 3));
  }
}
