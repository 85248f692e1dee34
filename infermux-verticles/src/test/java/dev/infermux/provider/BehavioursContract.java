package dev.infermux.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.inference.Answer;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usage;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.spi.Provider;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every provider makes of each behaviour of a mock, whether it is reached over a socket or
 * played inside the process: the same answers, the same text before a stream breaks, and failures
 * of the same class.
 */
@Timeout(60)
@ExtendWith(VertxExtension.class)
public abstract class BehavioursContract {

  private static final Duration SHORT = Duration.ofMillis(150);

  protected Vertx vertx;
  protected final Mock mock = Mock.named("up");
  private final List<ProviderRig> rigs = new ArrayList<>();

  /** A provider that plays or reaches {@link #mock}. */
  protected abstract Provider provider(Vertx vertx, ProviderOptions options);

  protected abstract ProviderType type();

  /** A small chat in its dialect, with a whole answer. */
  protected TestCall chat() {
    return TestCall.chat();
  }

  protected TestCall streamed() {
    return TestCall.stream();
  }

  protected TestCall streamedWithUsage() {
    return TestCall.streamWithUsage();
  }

  /** The text that the events of a stream make together. */
  protected String content(StreamProbe probe) {
    return probe.content();
  }

  /** What stands in a stream that is whole, and in no other. */
  protected String lastWord() {
    return "[DONE]";
  }

  /** What stands before the count of a prompt's tokens. */
  protected String promptWord() {
    return "\"prompt_tokens\":";
  }

  /** What is counted of a prompt when its stream is cut. */
  protected @Nullable Usage usageOfCut() {
    return null;
  }

  /** Whether its API can behave so. */
  protected boolean canBehave(String behaviour) {
    return true;
  }

  /** Its word for OpenAI's reason to end. */
  protected String reason(String openAi) {
    return openAi;
  }

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @AfterEach
  void close() {
    rigs.forEach(ProviderRig::close);
  }

  private ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options =
        change.apply(ProviderOptions.of("up", type()).withApiKey(Secret.of("sk-gateway-key")));
    ProviderRig rig = new ProviderRig(vertx, here -> provider(here, options));
    rigs.add(rig);
    return rig;
  }

  private ProviderRig impatient() {
    return rig(
        options ->
            options.withTimeout(SHORT).withFirstTokenTimeout(SHORT).withStreamIdleTimeout(SHORT));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "status-500, server_error",
    "status-503+retry-after-2s, server_error",
    "status-408, transient",
    "status-429+retry-after-3s, rate_limited",
    "status-429+code-insufficient_quota, quota",
    "status-400, caller_fault",
    "status-404+code-model_not_found, not_found",
    "status-400+code-context_length_exceeded, context_length",
    "status-400+code-content_filter, caller_fault",
    "status-401, unauthorized",
    "status-403, unauthorized",
    "status-302, malformed",
    "hang, silence",
    "latency-1h, silence",
    "first-token-1h, silence",
    "reset, connection",
    "close, connection",
    "malformed, malformed",
    "error, server_error",
    "error+code-rate_limit_exceeded, rate_limited",
    "error+code-context_length_exceeded, context_length",
    "cut-after-0, connection",
    "reset-after-0, connection",
    "stall-after-0, silence",
  })
  void a_failure_before_any_token_has_its_class(String behaviour, String kind) {
    mock.script(behaviour);
    ProviderRig rig = impatient();

    assertThat(classOf(rig.failure(chat())).wireName()).isEqualTo(kind);
    assertThat(classOf(rig.failure(streamed())).wireName()).isEqualTo(kind);
    assertThat(mock.requests())
        .hasSize(2)
        .extracting(MockRequest::behaviour)
        .containsOnly(MockBehaviour.parse(behaviour).toString());
  }

  @ParameterizedTest(name = "{0}: whole {1}, streamed {2}")
  @CsvSource({
    "cut-after-2, connection, cut",
    "reset-after-2, connection, cut",
    "stall-after-2, silence, cut",
    "error-after-2, server_error, server_error",
    "error-after-2+code-rate_limit_exceeded, rate_limited, rate_limited",
    "pace-1h, silence, cut",
  })
  void a_stream_that_breaks_keeps_what_came_before(
      String behaviour, String whole, String streamed) {
    mock.script(behaviour);
    ProviderRig rig = impatient();

    assertThat(classOf(rig.failure(chat())).wireName()).isEqualTo(whole);
    StreamProbe probe = rig.streamed(streamed());
    End summary = probe.toEnd();

    String came = behaviour.startsWith("pace") ? "mock:" : "mock: Hi";
    assertThat(content(probe)).isEqualTo(came);
    assertThat(summary.contentChars()).isEqualTo(came.length());
    assertThat(classOf(summary.failure()).wireName()).isEqualTo(streamed);
    assertThat(summary.usage()).isEqualTo(usageOfCut());
    assertThat(probe.ended()).isFalse();
    assertThat(probe.text()).doesNotContain(lastWord());
  }

  @ParameterizedTest
  @CsvSource({
    "ok, stop, 2, 3",
    "no-done, stop, 2, 3",
    "malformed-after-0, stop, 2, 3",
    "malformed-after-1+no-done, stop, 2, 3",
    "latency-20ms+first-token-20ms+pace-5ms+jitter-5ms, stop, 2, 3",
    "usage-wrong, stop, 20, 30",
    "usage-9/4, stop, 9, 4",
    "finish-length, length, 2, 3",
  })
  void a_sound_answer_is_the_same_whole_and_streamed(
      String behaviour, String reason, long in, long out) {
    assumeTrue(canBehave(behaviour));
    mock.script(behaviour);
    ProviderRig rig = rig(options -> options);

    WholeAnswer whole = rig.whole(chat());
    StreamProbe probe = rig.streamed(streamedWithUsage());
    End summary = probe.toEnd();

    assertThat(whole.body().toString()).contains("mock: Hi there");
    assertThat(whole.usage()).isEqualTo(Usage.reported(in, out));
    assertThat(whole.finishReason()).isEqualTo(reason(reason));
    assertThat(whole.contentChars()).isEqualTo(14);
    assertThat(content(probe)).isEqualTo("mock: Hi there");
    assertThat(probe.text()).contains(lastWord(), promptWord() + in);
    assertThat(summary.usage()).isEqualTo(Usage.reported(in, out));
    assertThat(summary.finishReason()).isEqualTo(reason(reason));
    assertThat(summary.droppedChunks()).isEqualTo(behaviour.startsWith("malformed") ? 1 : 0);
    assertThat(summary.failure()).isNull();
  }

  @Test
  void usage_that_is_not_reported_is_not_there() {
    assumeTrue(canBehave("usage-none"));
    mock.script("usage-none");
    ProviderRig rig = rig(options -> options);

    StreamProbe probe = rig.streamed(streamedWithUsage());

    assertThat(rig.whole(chat()).usage()).isNull();
    assertThat(probe.toEnd().usage()).isNull();
    assertThat(probe.text()).doesNotContain(promptWord());
  }

  @Test
  void a_wait_that_the_mock_asks_for_is_kept() {
    mock.script("status-429+retry-after-1500ms, status-503+retry-after-2s, status-429");
    ProviderRig rig = rig(options -> options);

    assertThat(rig.failure(chat()).retryAfter()).isEqualTo(Duration.ofMillis(1500));
    assertThat(rig.failure(chat()).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    assertThat(rig.failure(chat()).retryAfter()).isNull();
  }

  @Test
  void a_first_token_has_a_limit_of_its_own() {
    mock.script("first-token-1h");
    ProviderRig rig = rig(options -> options.withFirstTokenTimeout(SHORT));

    assertThat(rig.failure(streamed()).message()).contains("no first token within 150ms");
  }

  @Test
  void a_model_s_name_says_how_it_is_answered() {
    ProviderRig rig = rig(options -> options);

    assertThat(classOf(rig.failure(chat().model("mock-status-503"))))
        .isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(rig.failure(chat().model("mock-sttaus-503")).message())
        .startsWith("model: \"mock-sttaus-503\": \"sttaus-503\" (expected: ok | status-N | ");
  }

  @Test
  void a_caller_that_leaves_is_seen_in_every_phase() {
    mock.script("hang, first-token-1h, stall-after-1");
    ProviderRig rig = rig(options -> options);

    for (TestCall call : List.of(chat(), streamed())) {
      int before = mock.requests().size();
      CompletableFuture<Answer> answer = rig.start(call.attempt());
      await().until(() -> mock.requests().size() > before);
      call.cancellation().cancel();
      assertThat(ProviderRig.failure(answer)).isInstanceOf(Cancelled.class);
    }
    TestCall streaming = streamed();
    StreamProbe probe = rig.streamed(streaming).resume();
    await().until(() -> !content(probe).isEmpty());
    streaming.cancellation().cancel();

    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    await().until(() -> mock.requests().stream().allMatch(MockRequest::abandoned));
  }

  @Test
  void a_reader_that_stops_stops_the_mock() {
    mock.script("tokens-1000000");
    StreamProbe probe = rig(options -> options).streamed(streamed());

    probe.fetch(3);
    await().until(() -> probe.buffers().size() == 3);

    assertThat(mock.requests().get(0).bytesSent()).isLessThan(32L << 20);
    assertThat(probe.buffers()).hasSize(3);
    probe.cancel();
    await().until(() -> mock.requests().get(0).abandoned());
  }

  private static FailureClass classOf(@Nullable Failure failure) {
    if (failure instanceof UpstreamError error) {
      return error.kind();
    } else if (failure instanceof ProviderRejected rejected) {
      return rejected.kind();
    } else if (failure instanceof UpstreamTimeout) {
      return FailureClass.SILENCE;
    }
    throw new AssertionError("no class in " + failure);
  }
}
