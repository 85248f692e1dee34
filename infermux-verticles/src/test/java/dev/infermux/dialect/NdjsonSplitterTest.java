package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdjsonSplitterTest {

  private final List<String> values = new ArrayList<>();
  private final FrameWriter writer = Framing.NDJSON.writer();
  private final FrameSplitter splitter =
      Framing.NDJSON.splitter(
          frame -> {
            int length = frame.dataTo() - frame.dataFrom();
            values.add(new String(frame.data(), frame.dataFrom(), length, UTF_8));
            writer.keep(frame);
          });

  private boolean feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return splitter.feed(bytes, 0, bytes.length);
  }

  @Test
  void each_line_is_a_value_and_blank_ones_are_none() {
    feed("{\"a\":1}\n\n \t\r\n{\"b\":2}\r\n");

    assertThat(values).containsExactly("{\"a\":1}", "{\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void values_are_the_same_however_the_bytes_are_torn(int piece) {
    String text = "{\"é\":\"😀\"}\n{}\r\n{\"long\":\"" + "x".repeat(50) + "\"}\n[1]";
    byte[] bytes = text.getBytes(UTF_8);

    for (int at = 0; at < bytes.length; at += piece) {
      byte[] next = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
      splitter.feed(next, 0, next.length);
    }
    splitter.end();

    assertThat(values).containsExactly(text.split("\r?\n"));
    assertThat(taken()).isEqualTo(text.replace("\r", "") + "\n");
  }

  @Test
  void an_unfinished_line_waits_for_its_end() {
    feed("{\"a\"");
    assertThat(values).isEmpty();

    feed(":1}");
    splitter.end();

    assertThat(values).containsExactly("{\"a\":1}");
  }

  @Test
  void lines_that_end_as_they_should_pass_as_the_bytes_that_came() {
    byte[] bytes = "{\"a\":1}\n{\"b\":2}\n".getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length);

    Buffer taken = writer.take();
    bytes[2] = 'x';

    assertThat(taken.toString()).isEqualTo("{\"x\":1}\n{\"b\":2}\n");
  }

  @Test
  void a_value_is_written_on_a_line_of_its_own() {
    writer.write("{\"done\":true}".getBytes(UTF_8));

    assertThat(taken()).isEqualTo("{\"done\":true}\n");
  }

  @Test
  void a_line_without_end_is_refused() {
    byte[] bytes = new byte[FrameSplitter.MAX_FRAME_BYTES];
    java.util.Arrays.fill(bytes, (byte) ' ');
    assertThat(splitter.feed(bytes, 0, bytes.length)).isTrue();

    assertThat(feed("x")).isFalse();
  }

  private String taken() {
    Buffer taken = writer.take();
    return taken == null ? "" : taken.toString();
  }
}
