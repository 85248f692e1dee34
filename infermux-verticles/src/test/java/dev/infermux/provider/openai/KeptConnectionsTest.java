package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A connection that was kept, and that its provider has given up meanwhile (RFC 9112, 9.3.1). */
@ExtendWith(VertxExtension.class)
class KeptConnectionsTest {

  private WireRig wire;

  @BeforeEach
  void open(Vertx vertx) {
    wire = new WireRig(vertx);
    wire.mock().next(MockAnswer.json(WHOLE));
    wire.whole();
  }

  @AfterEach
  void close() {
    wire.close();
  }

  @Test
  void one_that_closes_without_a_byte_costs_nobody_anything() {
    wire.mock().next(MockAnswer.close(), MockAnswer.json(WHOLE));

    assertThat(wire.whole()).isEqualTo(WHOLE);

    assertThat(connections()).containsExactly(1, 1, 2);
  }

  @Test
  void one_that_is_reset_is_the_same() {
    wire.mock().next(MockAnswer.reset(), MockAnswer.json(WHOLE));

    assertThat(wire.whole()).isEqualTo(WHOLE);
    assertThat(connections()).containsExactly(1, 1, 2);
  }

  @Test
  void a_stream_is_asked_for_again_too() {
    wire.mock().next(MockAnswer.close(), MockAnswer.events(ROLE, HELLO, STOP, "[DONE]"));

    StreamProbe probe = wire.rig().streamed(TestCall.stream());

    assertThat(probe.toEnd().failure()).isNull();
    assertThat(probe.content()).isEqualTo("Hello, ");
  }

  @Test
  void a_large_body_goes_out_whole_again() {
    String text = "x".repeat(3 << 20);
    TestCall call =
        TestCall.of(
            Operation.CHAT,
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    wire.mock().next(MockAnswer.close(), MockAnswer.json(WHOLE));

    wire.rig().whole(call);

    List<MockRequest> seen = wire.mock().requests();
    assertThat(seen.get(2).body()).isEqualTo(seen.get(1).body()).contains(text);
  }

  @Test
  void many_of_them_at_once_are_all_made_up_for() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    wire.mock().always(request -> MockAnswer.json(WHOLE).after(gate));
    List<CompletableFuture<Answer>> first = started(8);
    await().until(() -> wire.mock().requests().size() == 9);
    gate.complete(null);
    first.forEach(ProviderRig::wait);
    wire.mock()
        .always(request -> request.connection() <= 8 ? MockAnswer.close() : MockAnswer.json(WHOLE));

    started(8)
        .forEach(answer -> assertThat(ProviderRig.wait(answer).bytes().length()).isPositive());
  }

  @Test
  void a_fresh_connection_that_closes_is_a_failure_at_once() {
    wire.mock().next(MockAnswer.close(), MockAnswer.close());

    assertThat(wire.kind(TestCall.chat())).isEqualTo(FailureClass.CONNECTION);
    assertThat(connections()).containsExactly(1, 1, 2);
  }

  @Test
  void a_first_connection_is_no_kept_one(Vertx vertx) {
    try (WireRig other = new WireRig(vertx)) {
      other.mock().next(MockAnswer.close(), MockAnswer.json(WHOLE));

      assertThat(other.kind(TestCall.chat())).isEqualTo(FailureClass.CONNECTION);
      assertThat(other.mock().requests()).hasSize(1);
    }
  }

  @Test
  void the_first_byte_of_an_answer_shows_that_the_request_was_taken() {
    wire.mock().next(MockAnswer.raw("HTTP/1.1 2").thenClose(), MockAnswer.json(WHOLE));

    assertThat(wire.kind(TestCall.chat())).isEqualTo(FailureClass.CONNECTION);
    assertThat(wire.mock().requests()).hasSize(2);
  }

  @Test
  void one_that_closes_later_may_have_worked_on_the_request() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    wire.mock().next(MockAnswer.raw().after(gate).thenClose(), MockAnswer.json(WHOLE));
    CompletableFuture<Answer> answer = wire.rig().start(TestCall.chat().attempt());
    await().until(() -> wire.mock().requests().size() == 2);

    wire.later(Duration.ofMillis(1_500));
    gate.complete(null);

    assertThat(ProviderRig.failure(answer).kind()).isEqualTo(FailureClass.CONNECTION);
    assertThat(wire.mock().requests()).hasSize(2);
  }

  @Test
  void a_provider_that_asks_for_the_end_of_a_connection_gets_it() {
    wire.mock().next(MockAnswer.json(WHOLE).header("connection", "close"), MockAnswer.json(WHOLE));

    wire.whole();
    wire.whole();

    assertThat(connections()).containsExactly(1, 1, 2);
  }

  private List<CompletableFuture<Answer>> started(int calls) {
    return IntStream.range(0, calls)
        .mapToObj(i -> wire.rig().start(TestCall.chat().attempt()))
        .toList();
  }

  private List<Integer> connections() {
    return wire.mock().requests().stream().map(MockRequest::connection).toList();
  }
}
