package dev.infermux.cli.log;

import static dev.infermux.cli.log.LogEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  @Test
  void stopping_writes_what_waits_in_order() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = started(out);
    for (int i = 0; i < 1000; i++) {
      writer.doAppend(event(Level.INFO, "line " + i));
    }

    writer.stop();

    assertThat(out.toString(UTF_8).lines())
        .hasSize(1000)
        .first()
        .isEqualTo("INFO  request: line 0");
    assertThat(out.toString(UTF_8)).endsWith("line 999\n");
  }

  @Test
  void a_reader_that_does_not_read_costs_lines_that_are_counted_and_no_waiting() {
    CountDownLatch reading = new CountDownLatch(1);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    LineWriter writer = started(new Held(reading, read));
    int sent = 2 * LineWriter.CAPACITY;

    for (int i = 0; i < sent; i++) {
      writer.doAppend(event(Level.INFO, "filler"));
    }
    writer.doAppend(event(Level.ERROR, "important"));
    reading.countDown();
    writer.stop();

    String text = read.toString(UTF_8);
    long written = text.lines().filter(line -> line.endsWith("filler")).count();
    long dropped =
        text.lines()
            .filter(line -> line.contains("lines were dropped"))
            .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('=') + 1)))
            .sum();
    assertThat(written).isLessThan(sent);
    assertThat(written + dropped).isEqualTo(sent);
    assertThat(text).contains("ERROR request: important");
  }

  @Test
  void a_value_that_cannot_be_written_costs_its_own_line_only() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = started(out);
    Object broken =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("no text");
          }
        };

    writer.doAppend(event(Level.INFO, "first", "value", broken));
    writer.doAppend(event(Level.INFO, "second"));
    writer.stop();

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "INFO  request: first unwritable=\"java.lang.IllegalStateException: no text\"",
            "INFO  request: second");
  }

  private static LineWriter started(OutputStream out) {
    LineWriter writer = new LineWriter(out, new TextLines(false));
    writer.start();
    return writer;
  }

  /** Takes nothing until somebody reads. */
  private static final class Held extends OutputStream {

    private final CountDownLatch reading;
    private final OutputStream out;

    private Held(CountDownLatch reading, OutputStream out) {
      this.reading = reading;
      this.out = out;
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("lines come as arrays");
    }

    @Override
    public void write(byte[] bytes) throws java.io.IOException {
      try {
        reading.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      out.write(bytes);
    }
  }
}
