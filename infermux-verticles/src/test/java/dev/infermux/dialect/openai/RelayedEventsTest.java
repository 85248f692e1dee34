package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.TestTimes;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Streams of images, speech and transcripts. */
class RelayedEventsTest {

  private static final String TRANSCRIPT =
      """
      event: transcript.text.delta
      data: {"type":"transcript.text.delta","delta":"Hé"}

      event: transcript.text.done
      data: {"type":"transcript.text.done","text":"Hé","usage":{"input_tokens":14,"output_tokens":2}}

      """;

  private final FrameWriter out = Framing.NAMED_SSE.writer();

  @Test
  void a_whole_stream_passes_as_it_is() {
    EventReader read = read(TRANSCRIPT.getBytes(UTF_8), 1);

    assertThat(read.failure()).isNull();
    assertThat(read.summary(null).usage()).isEqualTo(Usage.reported(14, 2));
    Buffer written = Objects.requireNonNull(out.take());
    assertThat(written.toString(UTF_8)).isEqualTo(TRANSCRIPT);
  }

  @Test
  void a_stream_that_is_cut_at_any_byte_of_its_last_event_fails() {
    byte[] bytes = TRANSCRIPT.getBytes(UTF_8);
    for (int cut = 0; cut < bytes.length - "\n\n".length(); cut++) {
      assertThat(read(java.util.Arrays.copyOf(bytes, cut), 1).failure())
          .as("at %d", cut)
          .isNotNull();
    }
  }

  @Test
  void as_many_last_events_are_awaited_as_answers_were_asked_for() {
    byte[] bytes = TRANSCRIPT.getBytes(UTF_8);

    assertThat(read(bytes, 2).failure()).isNotNull();
    assertThat(read((TRANSCRIPT + TRANSCRIPT).getBytes(UTF_8), 2).failure()).isNull();
  }

  @Test
  void an_error_in_a_stream_is_one() {
    String error =
        "event: error\n"
            + "data: {\"type\":\"error\",\"error\":{\"message\":\"full\",\"code\":\"x\"}}\n\n";

    assertThat(read(error.getBytes(UTF_8), 1).failure())
        .isNotNull()
        .satisfies(failure -> assertThat(failure.message()).contains("full"));
  }

  private EventReader read(byte[] bytes, int choices) {
    ProviderFailures failures = new ProviderFailures("up");
    OpenAiResponses responses =
        new OpenAiResponses(
            failures,
            (attempt, status, error, wait) -> new Failure.Internal(error.message()),
            TestTimes.at(InstantSource.system()));
    TestCall call =
        TestCall.of(
            Operation.CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"n\":" + choices + "}");
    EventReader reader =
        new RelayedAnswers(responses, failures, System::nanoTime).events(call.attempt());
    FrameSplitter splitter = Framing.NAMED_SSE.splitter(frame -> reader.event(frame, out));
    splitter.feed(bytes, 0, bytes.length);
    splitter.end();
    if (!reader.over()) {
      reader.end("closed its connection", out);
    }
    return reader;
  }
}
