package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inference.Answer;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.QueuedStream;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What writes an answer over HTTP throws: no caller waits, none takes half an answer for all. */
@ExtendWith(VertxExtension.class)
class WriterBugsTest {

  private static final String LAST = "data: [DONE]";

  /** Where it throws. */
  private enum Place {
    WHOLE,
    BEGIN,
    FIRST_EVENT,
    SECOND_EVENT,
    CLOSING,
    BROKEN,
    NOWHERE
  }

  private final BufferedBytes account = BufferedBytes.unlimited();
  private volatile Place place = Place.NOWHERE;
  private volatile @Nullable TwoEvents source;
  private int port;

  @BeforeEach
  void open(Vertx vertx) {
    AnswerFormat format =
        AnswerFormat.of(
            answer -> {
              at(Place.WHOLE);
              return answer.bytes();
            },
            (requestId, servedBy) -> {
              at(Place.BEGIN);
              return new Throwing();
            });
    port =
        OneRouteApi.listen(
            vertx, account, call -> Future.succeededFuture(answer(call.stream())), format);
  }

  private Answer answer(boolean stream) {
    if (!stream) {
      return Answer.whole(Buffer.buffer("{\"a\":1}"), End.whole("m", null, "stop", 2));
    }
    TwoEvents events = new TwoEvents();
    source = events;
    return Answer.streamed("m", events);
  }

  private void at(Place here) {
    if (place == here) {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  @AfterEach
  void nothing_is_held() {
    await().until(() -> account.held(BufferedKind.REQUESTS) == 0);
    place = Place.NOWHERE;
    assertThat(whole()).isEqualTo(200);
    assertThat(streamed()).contains("first", "second", LAST);
  }

  @Test
  void whole_answer() {
    place = Place.WHOLE;

    assertThat(whole()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"WHOLE", "NOWHERE", "BROKEN"})
  void stream(Place where) {
    place = where;

    String seen = streamed();

    assertThat(seen).doesNotContain(LAST);
    TwoEvents events = source;
    assertThat(events).isNotNull();
    await().until(() -> events.end().isComplete());
  }

  @Test
  void stream_that_breaks_and_whose_error_event_cannot_be_written() {
    place = Place.BROKEN;

    assertThat(streamed()).contains("first").doesNotContain(LAST);
  }

  private int whole() {
    try (Wire wire = Wire.connect(port)) {
      return wire.post(OneRouteApi.PATH, Texts.chat("m", "Hi")).status();
    }
  }

  /** All that comes until the connection ends. */
  private String streamed() {
    try (Wire wire = Wire.connect(port)) {
      return wire.request("POST", OneRouteApi.PATH, Texts.stream("m", "Hi"), "Connection: close")
          .rest();
    }
  }

  private final class Throwing implements StreamTranslation {

    @Override
    public Buffer events(Buffer events) {
      String text = events.toString();
      at(text.contains("first") ? Place.FIRST_EVENT : Place.SECOND_EVENT);
      if (place == Place.BROKEN && text.contains("second")) {
        throw new IllegalStateException("a bug before the one at the end");
      }
      return events;
    }

    @Override
    public Buffer closing(CallTotals totals) {
      at(Place.CLOSING);
      return Buffer.buffer(LAST + "\n\n");
    }

    @Override
    public @Nullable Buffer broken(Failure failure) {
      at(Place.BROKEN);
      return null;
    }
  }

  /** Two events, and the end. */
  private static final class TwoEvents extends QueuedStream {

    TwoEvents() {
      offer(Buffer.buffer("data: {\"first\":1}\n\n"));
      offer(Buffer.buffer("data: {\"second\":2}\n\n"));
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
      drop(End.whole("m", null, "stop", 2));
    }
  }
}
