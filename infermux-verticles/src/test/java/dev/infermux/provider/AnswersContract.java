package dev.infermux.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.End;
import dev.infermux.inference.Usage;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.WholeAnswer;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every dialect does with good answers, however they arrive. */
public abstract class AnswersContract extends ProviderContract {

  protected AnswersContract(ProviderSpeech api) {
    super(api);
  }

  private static final long SOCKETS_AND_QUEUES = 32L << 20;

  @Test
  void a_whole_answer_brings_its_text_and_its_tokens() {
    upstream.next(MockAnswer.json(api.whole()));

    WholeAnswer answer = rig().whole(chat());

    assertThat(answer.body().toString()).isEqualTo(api.whole());
    assertThat(answer.usage()).isEqualTo(Usage.reported(9, 3));
    assertThat(answer.finishReason()).isEqualTo(api.finishReason());
    assertThat(answer.contentChars()).isEqualTo("Hello, world".length());
    assertThat(answer.model()).isNotEmpty();
  }

  @Test
  void a_stream_brings_its_text_and_its_tokens_and_its_last_word() {
    upstream.next(streamAnswer());

    StreamProbe probe = rig().streamed(streamed());
    End summary = probe.toEnd();

    assertThat(probe.ended()).isTrue();
    assertThat(api.content(probe)).isEqualTo("Hello, world");
    assertThat(probe.text()).contains(api.lastWord());
    assertThat(summary.failure()).isNull();
    assertThat(summary.usage()).isEqualTo(Usage.reported(9, 3));
    assertThat(summary.finishReason()).isEqualTo(api.finishReason());
    assertThat(summary.contentChars()).isEqualTo("Hello, world".length());
    assertThat(summary.firstTokenNanos()).isNotZero();
    assertThat(summary.model()).isNotEmpty();
  }

  @Test
  void a_stream_torn_at_any_byte_reads_the_same() {
    ProviderRig rig = rig();
    int length = api.stream().length();
    List<StreamProbe> probes = new ArrayList<>();
    for (int offset = 1; offset < length; offset++) {
      upstream.next(tornAt(offset).paced(Duration.ofMillis(1)));
      probes.add(rig.streamed(streamed()).resume());
    }
    String expected = probes.get(0).awaited().text();

    for (int i = 0; i < probes.size(); i++) {
      assertThat(probes.get(i).awaited().text()).as("torn at byte %d", i + 1).isEqualTo(expected);
      assertThat(probes.get(i).ended()).as("torn at byte %d", i + 1).isTrue();
    }
  }

  @Test
  void a_reader_that_stops_stops_the_provider() {
    Buffer many = Buffer.buffer();
    for (int i = 0; i < 300; i++) {
      many.appendBuffer(api.contentEvent());
    }
    upstream.next(MockAnswer.flood("text/event-stream", many, -1));
    StreamProbe probe = rig().streamed(streamed());
    MockRequest request = upstream.lastRequest();

    probe.fetch(3);
    await().until(() -> probe.buffers().size() == 3);
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              long sent = request.bytesSent();
              boolean stalled = sent == before[0];
              before[0] = sent;
              return stalled;
            });

    assertThat(request.bytesSent()).isLessThan(SOCKETS_AND_QUEUES);
    assertThat(probe.buffers()).hasSize(3);
    probe.resume();
    await().until(() -> request.bytesSent() > SOCKETS_AND_QUEUES);
    probe.cancel();
    await().until(request::abandoned);
  }

  @Test
  void an_event_reaches_the_reader_before_the_next_one_is_sent() {
    upstream.next(MockAnswer.sse(List.of(api.contentEvent())).thenSilence());

    StreamProbe probe = rig().streamed(streamed()).resume();

    await().until(() -> api.content(probe).length() > 0);
    probe.cancel();
  }

  @Test
  void calls_after_each_other_share_a_connection() {
    upstream.always(
        request ->
            request.body().contains("\"stream\":true")
                ? streamAnswer()
                : MockAnswer.json(api.whole()));
    ProviderRig rig = rig();

    for (int i = 0; i < 20; i++) {
      rig.whole(chat());
      rig.streamed(streamed()).toEnd();
    }

    assertThat(upstream.acceptedConnections()).isLessThanOrEqualTo(2);
  }
}
