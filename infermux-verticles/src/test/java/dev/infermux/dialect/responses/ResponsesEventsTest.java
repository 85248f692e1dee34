package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.UpstreamErrorClassifier;
import dev.infermux.e2e.kit.ResponseTexts;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.Usage;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.VirtualTime;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams of the Responses API as a provider sends them. */
class ResponsesEventsTest {

  private static final ProviderFailures FAILURES = new ProviderFailures("up");
  private static final RequestBody REQUEST =
      ResponsesRequestBody.scan(ResponseTexts.stream("gpt-4o-mini", "Hi").getBytes(UTF_8));

  private final List<String> issued = new ArrayList<>();
  private final VirtualTime time = new VirtualTime();
  private final FrameWriter out = Framing.NAMED_SSE.writer();

  private EventReader read(TestCall call, String stream) {
    Attempt attempt = call.progress(progress()).attempt();
    ResponsesReader responses =
        new ResponsesReader(FAILURES, new UpstreamErrorClassifier(FAILURES, null), time.time());
    EventReader reader = responses.events(attempt);
    FrameSplitter splitter =
        Framing.NAMED_SSE.splitter(
            frame -> {
              if (!reader.over()) {
                reader.event(frame, out);
              }
            });
    byte[] bytes = stream.getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length);
    splitter.end();
    if (!reader.over()) {
      reader.end("closed its connection", out);
    }
    return reader;
  }

  private EventReader read(String stream) {
    return read(TestCall.of(Operation.CHAT, REQUEST), stream);
  }

  private AttemptProgress progress() {
    return new AttemptProgress() {
      @Override
      public void promptCounted(long tokens) {}

      @Override
      public void issued(String id) {
        issued.add(id);
      }
    };
  }

  private String passed() {
    Buffer taken = out.take();
    return taken == null ? "" : taken.toString(UTF_8);
  }

  private static String whole() {
    return String.join("", ResponseTexts.events());
  }

  @Test
  void a_whole_stream_passes_and_says_what_it_was() {
    time.pass(Duration.ofSeconds(1));

    EventReader reader = read(whole());

    End end = reader.summary(reader.failure());
    assertThat(passed()).isEqualTo(whole());
    assertThat(end.failure()).isNull();
    assertThat(end.model()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(end.usage()).isEqualTo(new Usage(28, 8, 0, 0, 12, 5, false, Usage.Terms.STANDARD));
    assertThat(end.finishReason()).isEqualTo("stop");
    assertThat(end.contentChars()).isEqualTo("Hello there".length());
    assertThat(end.firstTokenNanos()).isEqualTo(time.nanos());
    assertThat(issued).contains(ResponseTexts.ID, "msg_68a1f4c2");
  }

  @Test
  void a_stream_that_is_cut_at_any_byte_fails() {
    String whole = whole();
    // The data of the last event is complete before its blank line is.
    int complete = whole.length() - "\n\n".length();
    for (int cut = 0; cut < complete; cut++) {
      EventReader reader = read(whole.substring(0, cut));

      assertThat(reader.failure()).as("cut at %d", cut).isNotNull();
      assertThat(passed()).doesNotContain("response.completed");
    }
    assertThat(read(whole.substring(0, complete)).failure()).isNull();
  }

  @Test
  void an_incomplete_response_is_whole_and_says_why_it_ends() {
    String incomplete =
        ResponseTexts.response("incomplete", "", ResponseTexts.USAGE)
            .replace(
                "\"incomplete_details\":null",
                "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
    EventReader reader =
        read(ResponseTexts.event("response.incomplete", "\"response\":" + incomplete));

    assertThat(reader.failure()).isNull();
    assertThat(reader.summary(null).finishReason()).isEqualTo("length");
  }

  @Test
  void errors_end_a_stream_with_their_class_and_do_not_pass() {
    String begun = ResponseTexts.events().get(0);
    String error =
        "\"error\":{\"type\":\"x\",\"code\":\"rate_limit_exceeded\",\"message\":\"Slow\"}";
    String failed =
        ResponseTexts.response("failed", "", "null")
            .replace("\"error\":null", "\"error\":{\"code\":\"server_error\",\"message\":\"Oh\"}");
    String invalid = failed.replace("server_error", "invalid_image_format");

    assertThat(kind(begun + ResponseTexts.event("error", error)))
        .isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(kind(begun + ResponseTexts.event("error", "\"code\":\"x\",\"message\":\"Oh\"")))
        .isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(kind(begun + ResponseTexts.event("response.failed", "\"response\":" + failed)))
        .isEqualTo(FailureClass.SERVER_ERROR);
    assertThat(kind("data: {" + error + "}\n\n")).isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(passed()).isEqualTo(begun + begun + begun);
    assertThat(
            read(begun + ResponseTexts.event("response.failed", "\"response\":" + invalid))
                .failure())
        .isInstanceOf(ProviderRejected.class);
  }

  private FailureClass kind(String stream) {
    Failure failure = read(stream).failure();
    assertThat(failure).isInstanceOf(UpstreamError.class);
    return ((UpstreamError) failure).kind();
  }

  @Test
  void unknown_events_pass_and_broken_ones_are_left_out() {
    String unknown = ResponseTexts.event("response.future.thing", "\"a\":[1,{\"b\":null}]");
    List<String> events = new ArrayList<>(ResponseTexts.events());
    events.add(3, unknown);
    events.add(4, "event: response.output_text.delta\ndata: {\"type\":\"resp\n\n");
    events.add(5, "data: [1]\n\ndata: : keepalive\n\ndata: {\"no\":\"type\"}\n\n");

    EventReader reader = read(String.join("", events));

    assertThat(reader.failure()).isNull();
    assertThat(passed()).contains(unknown).doesNotContain("keepalive").doesNotContain("\"no\"");
    assertThat(reader.summary(null).droppedChunks()).isEqualTo(3);
  }

  @Test
  void a_kept_response_is_shown_as_it_is_and_charged_to_nobody() {
    TestCall call =
        TestCall.of(
            Operation.STORED_RESPONSE,
            new StoredResponse("GET", ResponseTexts.ID, "", "stream=true", true));
    String failed =
        ResponseTexts.event(
            "response.failed", "\"response\":" + ResponseTexts.response("failed", "", "null"));

    EventReader reader = read(call, whole());
    EventReader broken = read(call, failed);

    assertThat(reader.failure()).isNull();
    assertThat(reader.summary(null).usage()).isNull();
    assertThat(broken.failure()).isNull();
    assertThat(passed()).isEqualTo(whole() + failed);
  }
}
