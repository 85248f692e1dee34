package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import dev.infermux.v1.InferChunk;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import io.grpc.Context;
import io.grpc.Status;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deadlines and cancellations of callers reach the provider's socket. */
@ExtendWith(VertxExtension.class)
class LeavingTest {

  private static final InferRequest REQUEST = GrpcGateway.asking(Gateway.MODEL, "Hi").build();

  private GrpcGateway gateway;
  private MockUpstream upstream;
  private BusEvents events;

  /** The first call of a JVM loads classes, for longer than a deadline where others work, too. */
  @BeforeAll
  static void warmUp() {
    Vertx vertx = Vertx.vertx();
    try (GrpcGateway first = GrpcGateway.start(vertx)) {
      first.gateway().upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
      first.client().infer(REQUEST);
    } finally {
      vertx.close().await();
    }
  }

  @BeforeEach
  void open(Vertx vertx) {
    gateway = GrpcGateway.start(vertx);
    upstream = gateway.gateway().upstream();
    events = new BusEvents(vertx);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void deadline_of_the_caller_ends_the_call_of_the_provider() {
    upstream.next(MockAnswer.silence());

    Status failure =
        GrpcGateway.failure(
            () -> gateway.client().withDeadline(Duration.ofSeconds(2)).infer(REQUEST));

    assertThat(failure.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    abandoned(upstream.lastRequest());
    // Both sides keep the time: whichever is first decides what is recorded.
    assertThat(events.inferences(1).get(0).getInteger("http_status")).isIn(504, 499);
    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void time_limit_in_metadata_is_a_deadline_that_the_server_tells() {
    upstream.next(MockAnswer.silence());

    Status failure =
        GrpcGateway.failure(
            () -> gateway.client().withMetadata("x-infermux-timeout-ms", "1000").infer(REQUEST));

    assertThat(failure.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(failure.getDescription()).contains("within the 1000 ms");
    abandoned(upstream.lastRequest());
  }

  @Test
  void deadline_within_a_stream_ends_it() {
    upstream.next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());

    Iterator<InferChunk> chunks =
        gateway.client().withDeadline(Duration.ofSeconds(2)).inferStream(REQUEST);

    assertThat(chunks.next().getDelta()).isEqualTo("Hel");
    assertThat(GrpcGateway.failure(chunks::next).getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    abandoned(upstream.lastRequest());
  }

  @Test
  void caller_that_cancels_ends_the_call_of_the_provider() {
    upstream.next(MockAnswer.silence());
    var call = InferMuxServiceGrpc.newFutureStub(gateway.channel()).infer(REQUEST);
    arrived();

    call.cancel(true);

    abandoned(upstream.lastRequest());
    assertThat(events.inferences(1).get(0).getString("status")).isEqualTo("cancelled");
  }

  @Test
  void caller_that_cancels_a_stream_ends_it_at_the_provider() {
    upstream.next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());
    Context.CancellableContext context = Context.current().withCancellation();

    context.run(() -> gateway.client().inferStream(REQUEST).next());
    context.cancel(null);

    abandoned(upstream.lastRequest());
  }

  @Test
  void caller_whose_connection_is_gone_has_left() {
    upstream.next(MockAnswer.silence());
    InferMuxServiceGrpc.newFutureStub(gateway.channel()).infer(REQUEST);
    arrived();

    gateway.channel().shutdownNow();

    abandoned(upstream.lastRequest());
  }

  @Test
  void slow_reader_pauses_the_provider() {
    String piece = "x".repeat(1000);
    upstream.next(MockAnswer.events(Collections.nCopies(40_000, Texts.delta(piece))));
    Iterator<InferChunk> chunks = gateway.client().inferStream(REQUEST);
    assertThat(chunks.next().getDelta()).isEqualTo(piece);

    MockRequest sent = upstream.lastRequest();
    await()
        .during(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(60))
        .until(() -> sent.bytesSent() < 30_000_000);
  }

  private void arrived() {
    await().until(() -> upstream.requests().size() == 1);
  }

  private static void abandoned(MockRequest sent) {
    await().until(sent::abandoned);
  }
}
