package dev.infermux.provider.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockScript;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.HealthCheck;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
@ExtendWith(VertxExtension.class)
class MockProviderTest {

  private static final Duration SHORT = Duration.ofMillis(50);

  private Vertx vertx;
  private final Mock mock = Mock.named("up");

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void a_whole_answer_says_what_the_caller_said_and_counts_it() {
    WholeAnswer answer = rig().whole(TestCall.chat());

    assertThat(content(answer)).isEqualTo("mock: Hi there");
    assertThat(answer.usage()).isEqualTo(Usage.reported(2, 3));
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(answer.contentChars()).isEqualTo("mock: Hi there".length());
    assertThat(answer.model()).isEqualTo("gpt-4o-mini");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "'stream_options':{} => stream_options",
        "'tools':[] => tools",
        "'tool_choice':'auto' => tool_choice",
        "'unknown':1 => unknown",
        "'response_format':{'type':'json_schema','json_schema':{'schema':{}}}"
            + " => response_format.json_schema.name",
      })
  void what_the_real_api_refuses_is_refused_and_moves_no_plan(String field, String param) {
    mock.strict().next("ok");
    TestCall call =
        TestCall.of(
            Operation.CHAT,
            ("{'model':'m','messages':[{'role':'user','content':'Hi'}]," + field + "}")
                .replace('\'', '"'));

    Failure failure = rig().failure(call);

    assertThat(failure).isInstanceOf(ProviderRejected.class);
    assertThat(failure.providerStatus()).isEqualTo(400);
    assertThat(failure.param()).isEqualTo(param);
    assertThat(failure.kind()).isEqualTo(FailureClass.CALLER_FAULT);
    assertThat(mock.queued()).isEqualTo(1);
    assertThat(mock.count()).isEqualTo(1);
  }

  @Test
  void a_stream_says_it_word_by_word_and_ends_with_done() {
    StreamProbe probe = rig().streamed(TestCall.stream());
    End summary = probe.toEnd();

    assertThat(probe.content()).isEqualTo("mock: Hi there");
    assertThat(probe.events()).hasSize(6).last().isEqualTo("[DONE]");
    assertThat(probe.text()).doesNotContain("usage");
    assertThat(summary.usage()).isEqualTo(Usage.reported(2, 3));
    assertThat(summary.finishReason()).isEqualTo("stop");
    assertThat(summary.contentChars()).isEqualTo("mock: Hi there".length());
    assertThat(summary.firstTokenNanos()).isNotZero();
    assertThat(summary.failure()).isNull();
  }

  @Test
  void usage_shows_to_who_asked_for_it_and_can_be_none_or_wrong() {
    mock.next("ok", "usage-none", "usage-wrong");
    ProviderRig rig = rig();

    StreamProbe shown = rig.streamed(TestCall.streamWithUsage());
    shown.toEnd();
    StreamProbe none = rig.streamed(TestCall.streamWithUsage());
    End noneAtAll = none.toEnd();

    assertThat(shown.events().get(shown.events().size() - 2))
        .contains("\"choices\":[]", "\"prompt_tokens\":2", "\"total_tokens\":5");
    assertThat(none.text()).doesNotContain("prompt_tokens");
    assertThat(noneAtAll.usage()).isNull();
    assertThat(rig.whole(TestCall.chat()).usage()).isEqualTo(Usage.reported(20, 30));
  }

  @Test
  void several_choices_are_answered_in_both_ways() {
    String n = "{\"model\":\"m\",\"n\":2,%s\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    ProviderRig rig = rig();

    WholeAnswer whole = rig.whole(TestCall.of(Operation.CHAT, n.formatted("")));
    StreamProbe streamed =
        rig.streamed(TestCall.of(Operation.CHAT, n.formatted("\"stream\":true,")));
    streamed.toEnd();

    assertThat(whole.body().toJsonObject().getJsonArray("choices")).hasSize(2);
    assertThat(streamed.text()).contains("\"index\":1");
  }

  @Test
  void tools_are_called_in_both_ways() {
    String tools =
        "{\"model\":\"m\",%s\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"now\"}}]}";
    mock.script("tool-call+reasoning-2");
    ProviderRig rig = rig();

    WholeAnswer whole = rig.whole(TestCall.of(Operation.CHAT, tools.formatted("")));
    StreamProbe streamed =
        rig.streamed(TestCall.of(Operation.CHAT, tools.formatted("\"stream\":true,")));
    End end = streamed.toEnd();

    assertThat(whole.body().toString()).contains("\"name\":\"now\",\"arguments\":\"{}\"");
    assertThat(whole.finishReason()).isEqualTo("tool_calls");
    assertThat(streamed.text()).contains("\"name\":\"now\"", "\"reasoning_content\":\"t1\"");
    assertThat(end.finishReason()).isEqualTo("tool_calls");
    assertThat(end.usage()).isEqualTo(new Usage(1, 0, 0, 0, 4, 2, false, Usage.Terms.STANDARD));
    assertThat(end.contentChars()).isEqualTo("t1 t2{}".length());
  }

  @Test
  void completions_and_embeddings_are_answered_as_well() {
    ProviderRig rig = rig();

    WholeAnswer completion =
        rig.whole(TestCall.of(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"Once upon\"}"));
    StreamProbe streamed =
        rig.streamed(
            TestCall.of(
                Operation.COMPLETION, "{\"model\":\"m\",\"stream\":true,\"prompt\":\"Once\"}"));
    streamed.toEnd();
    WholeAnswer embeddings =
        rig.whole(
            TestCall.of(
                Operation.EMBEDDINGS,
                "{\"model\":\"m\",\"input\":[\"one\",\"two\",\"one\"],\"dimensions\":4}"));

    assertThat(completion.body().toString()).contains("\"text\":\"mock: Once upon\"");
    assertThat(streamed.content()).isEqualTo("mock: Once");
    var vectors = embeddings.body().toJsonObject().getJsonArray("data");
    assertThat(vectors).hasSize(3);
    assertThat(vectors.getJsonObject(0).getJsonArray("embedding"))
        .hasSize(4)
        .isEqualTo(vectors.getJsonObject(2).getJsonArray("embedding"))
        .isNotEqualTo(vectors.getJsonObject(1).getJsonArray("embedding"));
  }

  @Test
  void a_silence_ends_by_the_provider_s_own_limits() {
    mock.script("hang, latency-1h, stall-after-0, stall-after-0, first-token-1h");
    ProviderRig rig =
        rig(options -> options.withTimeout(SHORT).withStreamIdleTimeout(SHORT.plusMillis(1)));

    assertThat(rig.failure(TestCall.chat())).isInstanceOf(UpstreamTimeout.class);
    assertThat(rig.failure(TestCall.stream()).message()).contains("no answer within 50ms");
    assertThat(rig.failure(TestCall.chat()).message()).contains("no answer within 50ms");
    assertThat(rig.failure(TestCall.stream()).message()).contains("no event within 51ms");
    assertThat(rig.failure(TestCall.stream()).message()).contains("no event within 51ms");
    assertThat(mock.requests()).allMatch(MockRequest::abandoned);
  }

  @Test
  void a_first_token_that_does_not_come_is_a_silence_of_its_own() {
    mock.script("first-token-1h");
    ProviderRig rig = rig(options -> options.withFirstTokenTimeout(SHORT));

    assertThat(rig.failure(TestCall.stream()).message()).contains("no first token within 50ms");
  }

  @Test
  void a_stall_inside_a_stream_is_a_cut_once_it_has_lasted() {
    mock.script("stall-after-1");
    StreamProbe probe =
        rig(options -> options.withStreamIdleTimeout(SHORT)).streamed(TestCall.stream());

    End summary = probe.toEnd();

    assertThat(probe.content()).isEqualTo("mock:");
    assertThat(((UpstreamError) summary.failure()).kind()).isEqualTo(FailureClass.CUT);
    assertThat(summary.failure().message()).contains("it sent nothing for 50ms");
    assertThat(probe.ended()).isFalse();
  }

  @Test
  void a_stall_that_nobody_listens_to_lasts() {
    mock.script("stall-after-0, stall-after-1");
    ProviderRig rig = rig(options -> options.withStreamIdleTimeout(SHORT));
    assertThat(rig.failure(TestCall.stream())).isInstanceOf(UpstreamTimeout.class);

    StreamProbe probe = rig.streamed(TestCall.stream());
    probe.fetch(1);
    await().until(() -> probe.buffers().size() == 1);
    rig.settle();
    assertThat(probe.failure()).isNull();
    probe.resume().awaited();

    assertThat(probe.summary().failure().message()).contains("it sent nothing for 50ms");
  }

  @Test
  void a_reader_that_stops_stops_the_mock() {
    mock.script("tokens-1000000");
    StreamProbe probe = rig().streamed(TestCall.stream());

    probe.fetch(3);
    await().until(() -> probe.buffers().size() == 3);

    assertThat(mock.requests().get(0).bytesSent()).isLessThan(10_000);
    probe.cancel();
    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    assertThat(mock.requests().get(0).abandoned()).isTrue();
  }

  @Test
  void who_reads_the_moment_a_stream_is_there_gets_it_in_order() {
    mock.script("first-token-5ms+pace-2ms");
    ProviderRig rig = rig();
    StringBuilder text = new StringBuilder();
    CompletableFuture<String> all = new CompletableFuture<>();
    rig.loop()
        .runOnContext(
            here ->
                rig.provider()
                    .call(TestCall.stream().attempt())
                    .onSuccess(
                        answer ->
                            answer
                                .events()
                                .endHandler(end -> all.complete(text.toString()))
                                .handler(text::append)
                                .resume()));

    assertThat(ProviderRig.wait(all))
        .containsSubsequence("\"role\"", "\"mock:\"", "\" Hi\"", "\" there\"", "stop", "[DONE]");
  }

  @Test
  void a_caller_may_leave_in_every_phase() {
    ProviderRig rig = rig();
    mock.script("hang, first-token-1h, ok");
    TestCall early = TestCall.chat();
    early.cancellation().cancel();
    assertThat(rig.failure(early)).isInstanceOf(Cancelled.class);
    assertThat(mock.requests()).isEmpty();

    for (TestCall call : new TestCall[] {TestCall.chat(), TestCall.stream()}) {
      CompletableFuture<Answer> answer = rig.start(call.attempt());
      rig.settle();
      call.cancellation().cancel();
      assertThat(ProviderRig.failure(answer)).isInstanceOf(Cancelled.class);
    }
    TestCall streaming = TestCall.stream();
    StreamProbe probe = rig.streamed(streaming);
    streaming.cancellation().cancel();

    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    assertThat(mock.requests()).hasSize(3).allMatch(MockRequest::abandoned);
  }

  @Test
  void a_wait_before_the_answer_is_kept() {
    mock.script("status-429+retry-after-7s");

    Failure failure = rig().failure(TestCall.chat());

    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(failure.message()).isEqualTo("provider \"up\": answered 429: mock: status 429");
  }

  @Test
  void a_refused_key_is_the_fault_of_whose_it_was() {
    mock.script("status-401");
    ProviderRig rig = rig();

    UpstreamError own = (UpstreamError) rig.failure(TestCall.chat());
    ProviderRejected callers =
        (ProviderRejected) rig.failure(TestCall.chat().credential("sk-caller"));

    assertThat(own.kind()).isEqualTo(FailureClass.UNAUTHORIZED);
    assertThat(callers.kind()).isEqualTo(FailureClass.CALLER_FAULT);
    assertThat(mock.requests().get(1).headers()).containsEntry("authorization", "Bearer ****");
  }

  @Test
  void checks_of_health_meet_the_plan_for_health_and_are_no_requests() {
    mock.script(
        MockScript.OK.withHealth(
            MockPlan.parse("ok, status-503, status-404, reset, malformed, status-401, hang")));
    MockProvider provider = new MockProvider(vertx, VertxTimers.time(vertx), options("up"), mock);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      outcomes.add(outcome(provider.check(new HealthCheck(null, new Cancellation()))));
    }
    Cancellation late = new Cancellation();
    Future<Void> hanging = provider.check(new HealthCheck(null, late));
    late.cancel();

    assertThat(outcomes)
        .containsExactly("well", "server_error", "well", "connection", "well", "unauthorized");
    await().until(hanging::failed);
    assertThat(mock.requests()).isEmpty();
  }

  private static String outcome(Future<Void> check) {
    try {
      check.await();
      return "well";
    } catch (InferenceException e) {
      return ((UpstreamError) e.failure()).kind().wireName();
    }
  }

  private static ProviderOptions options(String name) {
    return ProviderOptions.of(name, ProviderType.MOCK);
  }

  private ProviderRig rig() {
    return rig(options -> options);
  }

  private ProviderRig rig(UnaryOperator<ProviderOptions> change) {
    ProviderOptions options = change.apply(ProviderOptions.of("up", ProviderType.MOCK));
    return new ProviderRig(
        vertx, here -> new MockProvider(here, VertxTimers.time(here), options, mock));
  }

  private static String content(WholeAnswer answer) {
    return answer
        .body()
        .toJsonObject()
        .getJsonArray("choices")
        .getJsonObject(0)
        .getJsonObject("message")
        .getString("content");
  }
}
