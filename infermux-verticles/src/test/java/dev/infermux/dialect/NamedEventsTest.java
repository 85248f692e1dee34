package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class NamedEventsTest {

  private final FrameWriter writer = Framing.NAMED_SSE.writer();
  private final FrameSplitter splitter = Framing.NAMED_SSE.splitter(writer::keep);

  private String kept(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(splitter.feed(bytes, 0, bytes.length)).isTrue();
    Buffer taken = writer.take();
    return taken == null ? "" : taken.toString(UTF_8);
  }

  @Test
  void named_events_pass_as_they_are() {
    String events = "event: ping\ndata: {}\n\nevent: pong\ndata: {\"a\":1}\n\n";

    assertThat(kept(events)).isEqualTo(events);
  }

  @Test
  void an_event_in_another_spelling_keeps_its_name() {
    assertThat(kept("event:ping\r\ndata:{}\r\n\r\n")).isEqualTo("event: ping\ndata: {}\n\n");
    assertThat(kept("data: {}\nevent: ping\nid: 7\n\n")).isEqualTo("event: ping\ndata: {}\n\n");
    assertThat(kept("data: {}\n\n")).isEqualTo("data: {}\n\n");
  }

  @Test
  void an_event_torn_at_any_byte_keeps_its_name() {
    String events = "event: ping\r\ndata: {}\r\n\r\nevent: pong\ndata: 1\n\n";
    StringBuilder all = new StringBuilder();

    for (char c : events.toCharArray()) {
      all.append(kept(String.valueOf(c)));
    }

    assertThat(all.toString()).isEqualTo("event: ping\ndata: {}\n\nevent: pong\ndata: 1\n\n");
  }

  @Test
  void an_event_can_be_written_under_a_name() {
    writer.write("ping", "{}".getBytes(UTF_8));
    writer.write("pong", "[]".getBytes(UTF_8));

    Buffer taken = writer.take();
    assertThat(taken).isNotNull();
    assertThat(taken.toString(UTF_8))
        .isEqualTo("event: ping\ndata: {}\n\nevent: pong\ndata: []\n\n");
  }
}
