package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

  private final FrameWriter writer = Framing.SSE.writer();
  private Predicate<String> kept = data -> true;
  private final SseSplitter splitter =
      new SseSplitter(
          event -> {
            String data =
                new String(
                    event.data(), event.dataFrom(), event.dataTo() - event.dataFrom(), UTF_8);
            if (kept.test(data)) {
              writer.keep(event);
            }
          });

  private Buffer pass(byte[] bytes) {
    splitter.feed(bytes, 0, bytes.length);
    return writer.take();
  }

  private Buffer pass(String text) {
    return pass(text.getBytes(UTF_8));
  }

  @Test
  void clean_events_are_a_view_of_the_bytes_they_came_in() {
    byte[] bytes = "data: one\n\ndata: two\n\ndata: thr".getBytes(UTF_8);

    Buffer out = pass(bytes);

    ByteBuf view = ((BufferInternal) out).getByteBuf();
    assertThat(view.array()).isSameAs(bytes);
    assertThat(out.toString()).isEqualTo("data: one\n\ndata: two\n\n");
    assertThat(pass("ee\n\n").toString()).isEqualTo("data: three\n\n");
  }

  @Test
  void what_is_left_out_leaves_no_trace() {
    kept = data -> !data.equals("two");

    assertThat(pass("data: one\n\ndata: two\n\ndata: three\n\n").toString())
        .isEqualTo("data: one\n\ndata: three\n\n");
    assertThat(pass("data: two\n\n")).isNull();
    assertThat(pass(": comment\n\n")).isNull();
  }

  @Test
  void other_spellings_become_one_clean_line() {
    assertThat(pass("data: one\n\nid: 1\r\ndata:{\r\ndata:}\r\n\r\ndata: two\n\n").toString())
        .isEqualTo("data: one\n\ndata: { }\n\ndata: two\n\n");
  }

  @Test
  void what_was_taken_does_not_change_any_more() {
    Buffer first = pass("data: one\n\ndata: tw");
    Buffer second = pass("o\n\ndata: thr");
    Buffer third = pass("ee\n\n");

    assertThat(first.toString()).isEqualTo("data: one\n\n");
    assertThat(second.toString()).isEqualTo("data: two\n\n");
    assertThat(third.toString()).isEqualTo("data: three\n\n");
  }

  @Test
  void written_events_stand_between_kept_ones() {
    byte[] bytes = "data: one\n\n".getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length);
    writer.write("[DONE]".getBytes(UTF_8));

    assertThat(String.valueOf(writer.take())).isEqualTo("data: one\n\ndata: [DONE]\n\n");
    assertThat(writer.take()).isNull();
  }
}
