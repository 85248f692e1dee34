package dev.infermux.benchmarks.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final String FIXED =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-LENGTH: 5\r\n\r\nhello";
  private static final String CHUNKED =
      "HTTP/1.1 503 Busy\r\ntransfer-encoding: chunked\r\ntrailer: x-cost\r\n\r\n"
          + "3\r\nabc\r\nA;name=value\r\n0123456789\r\n0\r\nx-cost: 0.1\r\n\r\n";
  private static final String BODILESS = "GET /stats HTTP/1.1\r\nhost: a\r\n\r\n";

  private final Recorder recorder = new Recorder();

  @Test
  void messages_in_a_row_are_read_wherever_their_bytes_are_cut() {
    byte[] all = (FIXED + CHUNKED + BODILESS + FIXED).getBytes(US_ASCII);

    for (int piece = 1; piece <= all.length; piece++) {
      recorder.messages.clear();
      var reader = new MessageReader(recorder);
      for (int at = 0; at < all.length; at += piece) {
        reader.feed(all, at, Math.min(piece, all.length - at));
      }

      assertThat(recorder.messages)
          .as("pieces of %d bytes", piece)
          .containsExactly(
              "HTTP/1.1 200 OK|hello",
              "HTTP/1.1 503 Busy|abc0123456789",
              "GET /stats HTTP/1.1|",
              "HTTP/1.1 200 OK|hello");
    }
  }

  @Test
  void status_is_read_from_the_first_line() {
    new MessageReader(recorder).feed(CHUNKED.getBytes(US_ASCII), 0, CHUNKED.length());

    assertThat(recorder.status).isEqualTo(503);
  }

  @Test
  void message_without_length_or_chunks_is_not_framed() {
    new MessageReader(recorder).feed(BODILESS.getBytes(US_ASCII), 0, BODILESS.length());

    assertThat(recorder.framed).isFalse();
  }

  @Test
  void chunk_size_that_is_no_number_is_refused() {
    byte[] bytes = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz".getBytes(US_ASCII);

    assertThatIllegalStateException()
        .isThrownBy(() -> new MessageReader(recorder).feed(bytes, 0, bytes.length))
        .withMessageContaining("chunk size");
  }

  private static final class Recorder implements MessageReader.Handler {
    private final List<String> messages = new ArrayList<>();
    private String current = "";
    private int status;
    private boolean framed;

    @Override
    public void head(MessageReader message) {
      current = message.startLine() + "|";
      status = message.status();
      framed = message.framed();
    }

    @Override
    public void body(byte[] bytes, int from, int length) {
      current += new String(bytes, from, length, US_ASCII);
    }

    @Override
    public void end() {
      messages.add(current);
    }
  }
}
