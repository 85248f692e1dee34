package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseSplitterTest {

  private final List<String> events = new ArrayList<>();
  private final List<Boolean> clean = new ArrayList<>();
  private final SseSplitter splitter =
      new SseSplitter(
          event -> {
            events.add(
                new String(
                    event.data(), event.dataFrom(), event.dataTo() - event.dataFrom(), UTF_8));
            clean.add(event.clean);
          });

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(splitter.feed(bytes, 0, bytes.length)).isTrue();
  }

  @Test
  void a_plain_event_is_its_data() {
    feed("data: one\n\ndata: two\n\n");

    assertThat(events).containsExactly("one", "two");
    assertThat(clean).containsExactly(true, true);
  }

  @Test
  void every_kind_of_line_end_ends_a_line() {
    feed("data: lf\n\ndata: crlf\r\n\r\ndata: cr\r\rdata: mixed\n\r\n");

    assertThat(events).containsExactly("lf", "crlf", "cr", "mixed");
    assertThat(clean).containsExactly(true, false, false, false);
  }

  @Test
  void an_event_is_handed_out_at_the_first_half_of_a_torn_line_end() {
    feed("data: one\r\n\r");
    assertThat(events).containsExactly("one");

    feed("\ndata: two\n\n");
    assertThat(events).containsExactly("one", "two");
    assertThat(clean).containsExactly(false, true);
  }

  @Test
  void comments_unknown_fields_and_empty_events_are_left_out() {
    feed(": OPENROUTER PROCESSING\n\nid: 7\nretry: 10\n\ndata:\n\ndata\n\nevent: ping\n\n\n\n");

    assertThat(events).isEmpty();

    feed(": note\nid: 7\ndata: one\n\n");

    assertThat(events).containsExactly("one");
    assertThat(clean).containsExactly(false);
  }

  @Test
  void data_lines_are_joined() {
    feed("data: {\"a\":\ndata: 1}\n\ndata:\ndata:x\n\n");

    assertThat(events).containsExactly("{\"a\":\n1}", "\nx");
  }

  @Test
  void one_space_after_the_colon_is_no_data_and_may_be_missing() {
    feed("data:tight\n\ndata:  wide\n\n");

    assertThat(events).containsExactly("tight", " wide");
    assertThat(clean).containsExactly(false, true);
  }

  @Test
  void a_byte_order_mark_is_left_out() {
    feed("\uFEFFdata: one\n\ndata: two\n\n");

    assertThat(events).containsExactly("one", "two");
    assertThat(clean).containsExactly(false, true);
  }

  @Test
  void the_last_event_may_lack_its_end() {
    feed("data: one\n\ndata: two");
    splitter.end();

    assertThat(events).containsExactly("one", "two");
    assertThat(clean).containsExactly(true, false);
  }

  @Test
  void an_error_event_says_so() {
    List<Boolean> errors = new ArrayList<>();
    SseSplitter named = new SseSplitter(event -> errors.add(event.error()));
    byte[] bytes = "event: error\ndata: x\n\nevent: message\ndata: y\n\n".getBytes(UTF_8);

    named.feed(bytes, 0, bytes.length);

    assertThat(errors).containsExactly(true, false);
  }

  @Test
  void an_endless_event_is_refused() {
    byte[] start = "data: ".getBytes(UTF_8);
    assertThat(splitter.feed(start, 0, start.length)).isTrue();
    byte[] more = new byte[1 << 20];
    Arrays.fill(more, (byte) 'x');

    int taken = 0;
    while (splitter.feed(more, 0, more.length)) {
      taken++;
    }

    assertThat(taken).isEqualTo(15);
    assertThat(events).isEmpty();
  }

  @Test
  void however_the_bytes_are_torn_the_events_are_the_same() {
    byte[] bytes =
        ("\uFEFF: hi\r\n\r\ndata: {\"text\":\"’d 🙂\"}\n\nevent: error\rdata: a\rdata: b\r\rid: 1\n"
                + "data: c\n\n\n\ndata:\n\ndata: d\r\n\r\n: end\n\ndata: [DONE]")
            .getBytes(UTF_8);
    splitter.feed(bytes, 0, bytes.length);
    splitter.end();
    List<String> expected = List.copyOf(events);
    assertThat(expected).hasSize(5);
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int round = 0; round < 2_000; round++) {
      List<String> found = new ArrayList<>();
      SseSplitter torn =
          new SseSplitter(
              event ->
                  found.add(
                      new String(
                          event.data(),
                          event.dataFrom(),
                          event.dataTo() - event.dataFrom(),
                          UTF_8)));
      int most = 1 + random.nextInt(12);
      for (int at = 0; at < bytes.length; ) {
        int next = Math.min(bytes.length, at + 1 + random.nextInt(most));
        byte[] piece = Arrays.copyOfRange(bytes, at, next);
        torn.feed(piece, 0, piece.length);
        at = next;
      }
      torn.end();
      assertThat(found).as("seed %d round %d", seed, round).isEqualTo(expected);
    }
  }
}
