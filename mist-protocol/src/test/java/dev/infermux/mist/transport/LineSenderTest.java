package dev.infermux.mist.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.MistErrorCode;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineSenderTest {

  @TempDir Path directory;

  @Test
  void envelopes_become_lines_of_a_new_file_in_order() throws Exception {
    Path file = directory.resolve("deep/er/spans.jsonl");
    LineSender sender = LineSender.toFile(file);

    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Envelope envelope = ping("tool " + i);
      ids.add(envelope.id());
      sender.send(envelope);
    }
    done(sender.close());

    assertThat(idsIn(file)).isEqualTo(ids);
  }

  @Test
  void a_payload_over_several_lines_is_written_as_one() throws Exception {
    Path file = directory.resolve("a.jsonl");
    LineSender sender = LineSender.toFile(file);
    RawPayload pretty = new RawPayload("{\r\n  \"a\": \"x\\ny\"\n}".getBytes(UTF_8));

    done(sender.send(Envelope.of("tests", "t", pretty)));

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    Envelope read = EnvelopeReader.read(lines.get(0).getBytes(UTF_8));
    assertThat(new String(read.payload().json(), UTF_8)).isEqualTo("{    \"a\": \"x\\ny\" }");
    done(sender.close());
  }

  @Test
  void a_file_that_ends_in_half_a_line_loses_only_that_line() throws Exception {
    Path file = directory.resolve("torn.jsonl");
    Files.writeString(file, "{\"version\":\"1\",\"id\"");
    LineSender sender = LineSender.toFile(file);
    Envelope envelope = ping("a");

    done(sender.send(envelope));
    done(sender.close());

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2).first().isEqualTo("{\"version\":\"1\",\"id\"");
    assertThat(EnvelopeReader.read(lines.get(1).getBytes(UTF_8)).id()).isEqualTo(envelope.id());
  }

  @Test
  void two_senders_to_one_file_keep_each_others_lines_whole() throws Exception {
    Path file = directory.resolve("shared.jsonl");
    LineSender one = LineSender.toFile(file);
    LineSender other = LineSender.toFile(file);
    for (int i = 0; i < 500; i++) {
      one.send(ping("one"));
      other.send(ping("other"));
    }
    done(one.close());
    done(other.close());

    assertThat(idsIn(file)).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void a_stream_is_flushed_at_each_line_and_never_closed() throws Exception {
    List<String> calls = new ArrayList<>();
    OutputStream stream =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            calls.add("flush after " + size());
          }

          @Override
          public void close() {
            calls.add("close");
          }
        };
    LineSender sender = LineSender.toStream(stream);

    done(sender.send(ping("a")));

    assertThat(calls).containsExactly("flush after " + stream.toString().length());
    done(sender.close());
    assertThat(calls).doesNotContain("close");
  }

  @Test
  void a_full_sender_refuses_at_once_and_goes_on_when_there_is_room() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    LineSender sender = LineSender.toStream(gated(gate, entered), 2);
    List<CompletionStage<Void>> taken = new ArrayList<>();

    taken.add(sender.send(ping("being written")));
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    taken.add(sender.send(ping("waiting")));
    taken.add(sender.send(ping("waiting")));

    assertFails(
        sender.send(ping("one too many")),
        MistErrorCode.UNAVAILABLE,
        "stream: full (expected: at most 2 envelopes waiting)");
    gate.countDown();
    for (CompletionStage<Void> stage : taken) {
      done(stage);
    }
    done(sender.send(ping("room again")));
    done(sender.close());
  }

  @Test
  void a_closed_sender_refuses_and_may_be_closed_again() throws Exception {
    LineSender sender = LineSender.toStream(new ByteArrayOutputStream());

    done(sender.close());
    done(sender.close());

    assertFails(
        sender.send(ping("late")),
        MistErrorCode.UNAVAILABLE,
        "stream: closed (expected: an open sender)");
  }

  @Test
  void a_file_that_cannot_be_written_fails_with_its_name() throws Exception {
    LineSender sender = LineSender.toFile(directory);

    assertFails(sender.send(ping("a")), MistErrorCode.TRANSPORT, "file " + directory);
    done(sender.close());
  }

  @Test
  void a_payload_that_cannot_be_written_harms_nobody_else() throws Exception {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    LineSender sender = LineSender.toStream(stream);
    CompletionStage<Void> bad =
        sender.send(
            Envelope.of(
                "tests",
                "t",
                () -> {
                  throw new IllegalStateException("no JSON");
                }));

    assertFails(bad, MistErrorCode.INTERNAL, "no JSON");
    done(sender.send(ping("good")));

    assertThat(stream.toString(UTF_8)).contains("good");
    done(sender.close());
  }

  private static OutputStream gated(CountDownLatch gate, CountDownLatch entered) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        entered.countDown();
        try {
          gate.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static Envelope ping(String from) {
    return Envelope.of("tests", MistType.HEALTH_PING, new HealthPing(from));
  }

  private static List<String> idsIn(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> EnvelopeReader.read(line.getBytes(UTF_8)).id())
        .toList();
  }

  private static void done(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static void assertFails(
      CompletionStage<Void> stage, MistErrorCode code, String inMessage) {
    assertThatThrownBy(() -> done(stage))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(MistException.class)
        .hasMessageContaining(inMessage)
        .extracting(e -> ((MistException) e).code())
        .isEqualTo(code);
  }
}
