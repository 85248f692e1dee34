package dev.infermux.inbound.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferCancel;
import dev.infermux.mist.InferChunk;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.InferFailure;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams over the event bus of one process. */
@ExtendWith(VertxExtension.class)
class BusStreamTest {

  private static Gateway gateway;
  private static BusEvents events;
  private int before;

  @BeforeAll
  static void open(Vertx vertx) {
    gateway = Gateway.start(vertx);
    events = new BusEvents(vertx);
  }

  @AfterAll
  static void close() {
    gateway.close();
  }

  @BeforeEach
  void mark() {
    before = events.inferences(0).size();
  }

  @Test
  void each_reply_is_a_credit_for_the_next_chunk() {
    CompletableFuture<Void> more = new CompletableFuture<>();
    gateway
        .upstream()
        .next(
            MockAnswer.events(Texts.role(), Texts.delta("Hel"))
                .thenAfter(more, Texts.delta("lo"), Texts.finish(), Texts.usage(19, 10), "[DONE]"));

    Message<Envelope> first = ask(request("id-1", true)).await();
    InferChunk chunk = read(first);
    assertThat(chunk).isEqualTo(InferChunk.piece("id-1", 0, "Hel"));
    more.complete(null);
    BusReader rest = BusReader.after(first);

    assertThat(rest.content()).isEqualTo("lo");
    assertThat(rest.pieces()).extracting(InferChunk::seq).first().isEqualTo(1L);
    InferChunk.End end = rest.last().end();
    assertThat(end).isNotNull();
    assertThat(end.finishReason()).isEqualTo("stop");
    assertThat(end.tokensIn()).isEqualTo(19);
    assertThat(end.tokensOut()).isEqualTo(10);
    assertThat(end.provider()).isEqualTo("upstream");
    assertThat(end.costUsd()).isPositive();
    assertThat(events.inferences(before + 1).get(before).getString("finish_reason"))
        .isEqualTo("stop");
  }

  @Test
  void what_comes_in_without_a_credit_is_joined_to_one_chunk() {
    gateway
        .upstream()
        .next(
            MockAnswer.events(
                Texts.role(),
                Texts.delta("a"),
                Texts.delta("b"),
                Texts.delta("c"),
                Texts.finish(),
                Texts.usage(1, 3),
                "[DONE]"));

    Message<Envelope> first = ask(request("id-2", true)).await();
    events.inferences(before + 1);
    BusReader rest = BusReader.after(first);

    assertThat(read(first).delta() + rest.content()).isEqualTo("abc");
    assertThat(rest.pieces()).hasSize(1);
  }

  @Test
  void failure_before_the_first_chunk_fails_the_request() {
    gateway.upstream().next(MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}"));

    InferFailure failure = failure(ask(request("id-3", true)));

    assertThat(failure.failureCode()).isEqualTo(502);
    assertThat(failure.envelope().type()).isEqualTo(MistType.INFER_ERROR);
    assertThat(failure.error().code()).isEqualTo("upstream_error");
  }

  @Test
  void stream_that_breaks_fails_after_what_it_brought() {
    gateway
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hel"), Texts.delta("lo")).thenReset());

    Message<Envelope> first = ask(request("id-4", true)).await();
    BusReader rest = BusReader.after(first);

    assertThat(read(first).delta() + rest.content()).isEqualTo("Hello");
    assertThat(rest.pieces()).allSatisfy(piece -> assertThat(piece.last()).isFalse());
    assertThat(rest.failure()).isInstanceOf(InferFailure.class);
    assertThat(((InferFailure) rest.failure()).error().status()).isEqualTo(502);
  }

  @Test
  void caller_who_fails_a_chunk_has_left() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());

    ask(request("id-5", true)).await().fail(499, "enough");

    assertThat(events.inferences(before + 1).get(before).getString("status"))
        .isEqualTo("cancelled");
    await().until(() -> gateway.upstream().lastRequest().abandoned());
  }

  @Test
  void cancel_by_id_ends_a_stream_that_has_not_begun() {
    int asked = gateway.upstream().requests().size();
    gateway.upstream().next(MockAnswer.silence());
    Future<Message<Envelope>> reply = ask(request("id-6", true));
    await().until(() -> gateway.upstream().requests().size() > asked);

    cancel("another");
    cancel("id-6");

    assertThat(failure(reply).error().code()).isEqualTo("cancelled");
    assertThat(failure(reply).failureCode()).isEqualTo(499);
  }

  @Test
  void cancel_by_id_ends_a_whole_answer_too() {
    int asked = gateway.upstream().requests().size();
    gateway.upstream().next(MockAnswer.silence());
    Future<Message<Envelope>> reply = ask(request("id-7", false));
    await().until(() -> gateway.upstream().requests().size() > asked);

    cancel("id-7");

    assertThat(failure(reply).failureCode()).isEqualTo(499);
    assertThat(events.inferences(before + 1).get(before).getString("request_id")).isEqualTo("id-7");
  }

  @Test
  void time_limit_comes_as_a_header_of_the_message() {
    gateway.upstream().next(MockAnswer.silence());

    InferFailure late = failure(ask(request("id-8", true), "X-Infermux-Timeout-Ms", "50"));

    assertThat(late.failureCode()).isEqualTo(504);
  }

  @Test
  void what_says_stream_in_another_type_is_refused_by_name() {
    String payload = "{\"params\":{\"stream\":\"yes\"}," + Texts.chat("echo-v1", "Hi").substring(1);

    InferFailure failure = failure(ask(envelope("id-9", MistType.INFER_REQUEST, payload)));

    assertThat(failure.error().message()).startsWith("params.stream: string");
    assertThat(failure.error().status()).isEqualTo(400);
  }

  @Test
  void message_that_is_no_envelope_is_refused_and_not_lost() {
    Throwable refused =
        gateway
            .vertx()
            .eventBus()
            .request(BusAddresses.INFER, "hello")
            .<Throwable>transform((reply, cause) -> Future.succeededFuture(cause))
            .await();

    assertThat(refused)
        .isInstanceOf(InferFailure.class)
        .hasMessage("message: String (expected: an envelope)");
  }

  private static void cancel(String id) {
    gateway
        .vertx()
        .eventBus()
        .publish(
            BusAddresses.CANCEL, Envelope.of("test", MistType.INFER_CANCEL, new InferCancel(id)));
  }

  private static Envelope request(String id, boolean stream) {
    String params = "{\"params\":{\"stream\":" + stream + "},";
    return envelope(
        id, MistType.INFER_REQUEST, params + Texts.chat(Gateway.MODEL, "Hi").substring(1));
  }

  private static Envelope envelope(String id, String type, String payload) {
    byte[] json = payload.getBytes(StandardCharsets.UTF_8);
    return Envelope.of("test", type, new RawPayload(json)).withId(id);
  }

  private static Future<Message<Envelope>> ask(Envelope request, String... header) {
    DeliveryOptions options = new DeliveryOptions();
    if (header.length == 2) {
      options.addHeader(header[0], header[1]);
    }
    return gateway.vertx().eventBus().request(BusAddresses.INFER, request, options);
  }

  private static InferFailure failure(Future<Message<Envelope>> reply) {
    return catchThrowableOfType(InferFailure.class, reply::await);
  }

  private static InferChunk read(Message<Envelope> message) {
    assertThat(message.body().type()).isEqualTo(MistType.INFER_CHUNK);
    return message.body().payloadAs(InferChunk.class);
  }
}
