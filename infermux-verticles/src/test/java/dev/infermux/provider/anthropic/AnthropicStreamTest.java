package dev.infermux.provider.anthropic;

import static dev.infermux.provider.anthropic.AnthropicSpeech.BLOCK;
import static dev.infermux.provider.anthropic.AnthropicSpeech.BLOCK_STOP;
import static dev.infermux.provider.anthropic.AnthropicSpeech.FINISH;
import static dev.infermux.provider.anthropic.AnthropicSpeech.HELLO;
import static dev.infermux.provider.anthropic.AnthropicSpeech.PING;
import static dev.infermux.provider.anthropic.AnthropicSpeech.START;
import static dev.infermux.provider.anthropic.AnthropicSpeech.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Usage;
import dev.infermux.provider.ProviderContract;
import dev.infermux.testing.MessageEvents;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of Anthropic's, recorded and made up, through the real provider. */
class AnthropicStreamTest extends ProviderContract {

  private static final String UNKNOWN =
      "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"new_delta\",\"x\":1}}";
  private static final String NEWS = "{\"type\":\"something_new\",\"a\":[1]}";

  AnthropicStreamTest() {
    super(new AnthropicSpeech());
  }

  private StreamProbe read(MockAnswer answer) {
    upstream.next(answer);
    StreamProbe probe = rig().streamed(streamed());
    probe.toEnd();
    return probe;
  }

  private StreamProbe read(String... events) {
    return read(MockAnswer.sse(List.of(MessageEvents.stream(events))));
  }

  private Failure failure(Buffer stream) {
    upstream.next(MockAnswer.sse(List.of(stream)));
    return rig().failure(streamed());
  }

  @Test
  void events_pass_untouched_unknown_ones_and_pings_too() {
    Buffer sent =
        MessageEvents.stream(
            PING, START, PING, BLOCK, HELLO, NEWS, UNKNOWN, BLOCK_STOP, FINISH, STOP);

    StreamProbe probe = read(MockAnswer.sse(List.of(sent)));

    assertThat(probe.text()).isEqualTo(sent.toString());
    assertThat(probe.summary().droppedChunks()).isZero();
  }

  @Test
  void events_without_a_name_get_it_and_broken_ones_are_left_out() {
    StreamProbe probe =
        read(
            MockAnswer.sse(
                List.of(
                    Buffer.buffer("data: " + START + "\r\n\r\n"),
                    Buffer.buffer("data: : keep-alive\n\ndata: {\"type\":\"cont\n\n"),
                    MessageEvents.stream(BLOCK, HELLO, BLOCK_STOP, FINISH),
                    Buffer.buffer("data:" + STOP + "\n\n"))));

    assertThat(MessageEvents.text(probe.text())).isEqualTo("Hello, ");
    assertThat(probe.summary().droppedChunks()).isEqualTo(1);
    assertThat(probe.ended()).isTrue();
  }

  @Test
  void a_second_beginning_is_left_out() {
    StreamProbe probe =
        read(Wire.lines("anthropic/duplicate-message-start.chunks").toArray(String[]::new));

    assertThat(probe.text()).containsOnlyOnce("event: message_start");
    assertThat(probe.summary().usage()).isEqualTo(Usage.reported(17, 227));
  }

  @Test
  void a_reason_to_end_makes_a_stream_whole_without_its_last_event() {
    StreamProbe probe =
        read(
            MockAnswer.sse(List.of(MessageEvents.stream(START, BLOCK, HELLO, BLOCK_STOP, FINISH)))
                .thenClose());

    assertThat(probe.ended()).isTrue();
    assertThat(probe.text()).endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  @Test
  void an_answer_begins_with_its_first_content_and_not_with_its_head() {
    Failure cut = failure(MessageEvents.stream(START, PING, BLOCK));

    assertThat(((UpstreamError) cut).kind()).isEqualTo(FailureClass.CUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream-thinking.sse", "tool-no-args.chunks", "refusal.chunks"})
  void a_recorded_stream_cut_at_any_byte_is_never_a_success(String file) {
    Buffer whole =
        file.endsWith(".sse")
            ? Wire.bytes("anthropic/" + file)
            : MessageEvents.stream(Wire.lines("anthropic/" + file));
    String text = whole.toString();
    int enough = text.indexOf('\n', text.indexOf("\"stop_reason\":\"")) - 30;
    ProviderRig rig = rig();
    List<@Nullable End> ends = new ArrayList<>();
    for (int cut = 0; cut < whole.length(); cut += cut < enough ? 1 : 5) {
      upstream.next(MockAnswer.sse(List.of(whole.slice(0, cut))).thenClose());
      ends.add(outcome(rig));
      End end = ends.get(ends.size() - 1);
      boolean success = end != null && end.failure() == null;
      assertThat(success && end.finishReason() == null).as("cut after %d bytes", cut).isFalse();
      assertThat(success).as("cut after %d bytes", cut).isIn(false, cut > enough);
    }
    assertThat(ends).last().satisfies(end -> assertThat(end).isNotNull());
  }

  private @Nullable End outcome(ProviderRig rig) {
    try {
      return rig.streamed(streamed()).toEnd();
    } catch (InferenceException failed) {
      return null;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded_error, SERVER_ERROR",
    "api_error, SERVER_ERROR",
    "timeout_error, SERVER_ERROR",
    "rate_limit_error, RATE_LIMITED",
    "billing_error, QUOTA",
    "invalid_request_error, CALLER_FAULT",
    "authentication_error, UNAUTHORIZED",
    "something_new, SERVER_ERROR"
  })
  void an_error_event_has_the_class_of_its_type(String type, FailureClass kind) {
    String error = AnthropicSpeech.errorBody("Sorry", type);

    Failure before = failure(Buffer.buffer("event: error\ndata: " + error + "\n\n"));
    Failure unnamed = failure(Buffer.buffer("data: {\"error\":\"Sorry\"}\n\n"));

    assertThat(kind(before)).isEqualTo(kind);
    assertThat(before.message()).endsWith("Sorry");
    assertThat(kind(unnamed)).isEqualTo(FailureClass.SERVER_ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "prompt is too long: 210000 tokens > 200000 maximum ~ CONTEXT_LENGTH",
        "Your credit balance is too low to access the Anthropic API. ~ QUOTA",
        "You have reached your specified API usage limits. ~ QUOTA",
        "messages: text content blocks must be non-empty ~ CALLER_FAULT"
      })
  void a_400_is_what_its_words_say(String words, FailureClass kind) {
    upstream.next(MockAnswer.json(400, AnthropicSpeech.errorBody(words, "invalid_request_error")));

    assertThat(kind(rig().failure(chat()))).isEqualTo(kind);
  }

  @Test
  void what_a_provider_issues_is_remembered() {
    List<String> issued = new CopyOnWriteArrayList<>();
    AttemptProgress progress =
        new AttemptProgress() {
          @Override
          public void promptCounted(long tokens) {}

          @Override
          public void issued(String id) {
            issued.add(id);
          }
        };
    upstream.next(
        MockAnswer.sse(List.of(Wire.bytes("anthropic/stream-thinking.sse"))),
        MockAnswer.json(
            AnthropicSpeech.WHOLE.replace(
                "\"usage\"", "\"container\":{\"id\":\"cont_1\"},\"usage\"")));
    ProviderRig rig = rig();

    rig.streamed(AnthropicSpeech.call(true).progress(progress)).toEnd();
    rig.whole(AnthropicSpeech.call(false).progress(progress));

    assertThat(issued).hasSize(2).last().isEqualTo("cont_1");
    assertThat(issued.get(0)).hasSize(96).endsWith("OGAE=");
  }

  @Test
  void a_long_whole_answer_is_asked_for_as_a_stream_and_joined() {
    upstream.next(
        MockAnswer.sse(List.of(MessageEvents.stream(Wire.lines("anthropic/tool-no-args.chunks")))));
    TestCall call =
        AnthropicSpeech.of(
            "{\"max_tokens\":64000,\"stream\":false,\"model\":\"m\",\"messages\":[{\"role\":\"user\","
                + "\"content\":\"Hi\"}]}");

    var answer = rig().whole(call);

    assertThat(new JsonObject(upstream.lastRequest().body()).getBoolean("stream")).isTrue();
    assertThat(upstream.lastRequest().headers().get("accept")).isEqualTo("text/event-stream");
    JsonObject message = answer.body().toJsonObject();
    assertThat(message.getString("stop_reason")).isEqualTo("tool_use");
    assertThat(message.getJsonArray("content").encode())
        .isEqualTo(
            "[{\"type\":\"text\",\"text\":\"I'll update the issue list for you.\"},{\"type\":"
                + "\"tool_use\",\"id\":\"toolu_01QE1WLsSVp5hy5Q3GmGTmjP\",\"name\":"
                + "\"updateIssueList\",\"input\":{}}]");
    assertThat(message.getJsonObject("usage").getInteger("output_tokens")).isEqualTo(48);
    assertThat(answer.usage()).isEqualTo(Usage.reported(565, 48).inTier("standard"));
    assertThat(answer.finishReason()).isEqualTo("tool_use");
  }

  @Test
  void a_long_whole_answer_that_is_cut_is_a_failure() {
    upstream.next(MockAnswer.sse(List.of(MessageEvents.stream(START, BLOCK, HELLO))).thenClose());

    Failure failure =
        rig()
            .failure(
                AnthropicSpeech.of(
                    "{\"max_tokens\":64000,\"model\":\"m\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Hi\"}]}"));

    assertThat(kind(failure)).isEqualTo(FailureClass.CUT);
  }

  @Test
  void a_stream_that_is_cut_has_its_prompt_counted_and_no_answer() {
    StreamProbe probe =
        read(MockAnswer.sse(List.of(MessageEvents.stream(START, BLOCK, HELLO))).thenClose());

    assertThat(probe.summary().failure()).isNotNull();
    assertThat(probe.summary().usage()).isEqualTo(Usage.reported(9, 0));
    assertThat(probe.summary().contentChars()).isEqualTo("Hello, ".length());
  }

  private static FailureClass kind(Failure failure) {
    return failure instanceof ProviderRejected rejected
        ? rejected.kind()
        : ((UpstreamError) failure).kind();
  }
}
