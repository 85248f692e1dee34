package dev.infermux.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventCounterTest {
  private static final byte[] STREAM =
      """
      data: {"choices":[{"delta":{"content":"~T0000000000000000041"}}]}

      : a comment

      data: {"choices":[{"delta":{"content": "~T0000000000000000042"}}]}

      data: {"choices":[],"usage":{}}

      data: [DONE]

      """
          .getBytes(US_ASCII);

  @Test
  void events_are_counted_wherever_the_stream_is_cut() {
    for (int cut = 0; cut <= STREAM.length; cut++) {
      var reader = new EventCounter();

      int events = reader.feed(STREAM, 0, cut) + reader.feed(STREAM, cut, STREAM.length - cut);

      assertThat(events).as("cut at %d", cut).isEqualTo(2);
      assertThat(reader.written()).isEqualTo(42);
      assertThat(reader.done()).isTrue();
    }
  }

  @Test
  void reset_begins_a_new_stream() {
    var reader = new EventCounter();
    reader.feed(STREAM, 0, STREAM.length);

    reader.reset();

    assertThat(reader.events()).isZero();
    assertThat(reader.done()).isFalse();
  }
}
