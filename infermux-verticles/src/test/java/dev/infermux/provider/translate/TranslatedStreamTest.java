package dev.infermux.provider.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.End;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.QueuedStream;
import dev.infermux.json.JsonCursor;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranslatedStreamTest {

  private final Source source = new Source();
  private final List<String> read = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();

  @Test
  void each_buffer_is_translated_and_the_end_is_the_sources() {
    TranslatedStream stream = translated(events -> Buffer.buffer("<" + events + ">"));

    stream.resume();
    source.give("a", "b");
    source.whole();

    assertThat(read).containsExactly("<a>", "<b>");
    assertThat(ends).containsExactly("end");
    assertThat(stream.end().result().failure()).isNull();
  }

  @Test
  void what_comes_to_nothing_does_not_use_up_demand() {
    TranslatedStream stream = translated(events -> events.toString().equals("-") ? null : events);

    stream.fetch(1);
    source.give("-", "-", "a", "b");

    assertThat(read).containsExactly("a");
    stream.fetch(1);
    assertThat(read).containsExactly("a", "b");
  }

  @Test
  void a_pause_lasts_while_nothing_is_delivered() {
    TranslatedStream stream = translated(events -> events);

    stream.resume();
    source.give("a");
    stream.pause();
    source.give("b");

    assertThat(read).containsExactly("a");
  }

  @Test
  void events_that_cannot_be_translated_break_the_stream_and_end_its_source() {
    TranslatedStream stream =
        translated(
            events -> {
              new JsonCursor("nonsense".getBytes(StandardCharsets.UTF_8)).skip();
              return events;
            });

    stream.resume();
    source.give("a", "b");

    assertThat(read).isEmpty();
    assertThat(ends).containsExactly("malformed");
    assertThat(source.cancelled).isTrue();
    assertThat(stream.end().result().failure())
        .satisfies(why -> assertThat(why.kind()).isEqualTo(FailureClass.MALFORMED));
  }

  private TranslatedStream translated(Translator.StreamTranslator translator) {
    TranslatedStream stream = new TranslatedStream(source, translator, new ProviderFailures("up"));
    stream.handler(buffer -> read.add(buffer.toString()));
    stream.endHandler(end -> ends.add("end"));
    stream.exceptionHandler(
        cause -> ends.add(InferenceException.failureOf(cause).kind().wireName()));
    return stream;
  }

  private static final class Source extends QueuedStream {

    private boolean cancelled;

    void give(String... buffers) {
      for (String buffer : buffers) {
        if (!cancelled) {
          offer(Buffer.buffer(buffer));
        }
      }
    }

    void whole() {
      seal();
    }

    @Override
    protected void flow() {}

    @Override
    protected End ending() {
      return End.whole("m", null, "stop", 2);
    }

    @Override
    public void cancel() {
      cancelled = true;
      drop(ending());
    }
  }
}
