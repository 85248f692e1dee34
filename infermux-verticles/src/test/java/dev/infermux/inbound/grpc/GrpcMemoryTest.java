package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.v1.InferMuxServiceGrpc;
import dev.infermux.v1.InferRequest;
import dev.infermux.v1.InferResponse;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What RPCs hold is in the account of memory, and callers who do nothing are given up. */
@ExtendWith(VertxExtension.class)
class GrpcMemoryTest {

  private static final int MB = 1 << 20;
  private static final Duration SHORT = Duration.ofMillis(300);

  private GrpcGateway gateway;

  private void open(Vertx vertx, ConnectionOptions connections) {
    open(vertx, connections, 4L * MB);
  }

  private void open(Vertx vertx, ConnectionOptions connections, long limit) {
    gateway =
        GrpcGateway.start(
            vertx,
            config ->
                config.withHttp(
                    config
                        .http()
                        .withConnections(connections)
                        .withLimits(config.http().limits().withMaxBufferedBytes(limit))));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void message_counts_until_its_call_is_over_and_has_no_more_room_than_there_is(Vertx vertx)
      throws Exception {
    open(vertx, ConnectionOptions.defaults());
    CompletableFuture<Void> gate = new CompletableFuture<>();
    gateway.gateway().upstream().next(MockAnswer.json(Texts.CHAT_ANSWER).after(gate));
    InferRequest large = GrpcGateway.asking(Gateway.MODEL, "x".repeat(2 * MB)).build();
    var first = InferMuxServiceGrpc.newFutureStub(gateway.channel()).infer(large);
    await().until(() -> gateway.gateway().buffered("requests") > 2 * MB);

    Status refused = GrpcGateway.failure(() -> gateway.once().infer(large));

    assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(refused.getDescription()).contains("limits.max_buffered_bytes");
    gate.complete(null);
    assertThat(first.get(20, TimeUnit.SECONDS).getContent()).isEqualTo("Hello there");
    await()
        .until(
            () ->
                gateway.gateway().buffered("requests") == 0
                    && gateway.gateway().buffered("answers") == 0);
  }

  @Test
  void answer_counts_until_its_caller_has_taken_it(Vertx vertx) {
    open(vertx, ConnectionOptions.defaults(), 40L * MB);
    String text = "x".repeat(3 * MB);
    gateway
        .gateway()
        .upstream()
        .next(MockAnswer.json(Texts.CHAT_ANSWER.replace("Hello there", text)));
    ClientCall<InferRequest, InferResponse> call =
        gateway
            .channel()
            .newCall(InferMuxServiceGrpc.getInferMethod(), io.grpc.CallOptions.DEFAULT);

    // Asks for no message: it stays at the server.
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(GrpcGateway.asking(Gateway.MODEL, "Hi").build());
    call.halfClose();

    await().until(() -> gateway.gateway().buffered("answers") >= MB);
    call.cancel("enough", null);
    await().until(() -> gateway.gateway().buffered("answers") == 0);
  }

  @Test
  void whole_answer_of_which_nothing_is_taken_is_given_up(Vertx vertx) {
    open(vertx, ConnectionOptions.defaults().withWriteTimeout(SHORT), 40L * MB);
    String text = "x".repeat(3 * MB);
    gateway
        .gateway()
        .upstream()
        .next(MockAnswer.json(Texts.CHAT_ANSWER.replace("Hello there", text)));
    gateway.gateway().upstream().always(MockAnswer.json(Texts.CHAT_ANSWER));
    ClientCall<InferRequest, InferResponse> call =
        gateway
            .channel()
            .newCall(InferMuxServiceGrpc.getInferMethod(), io.grpc.CallOptions.DEFAULT);

    // Asks for no message: it stays at the server.
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.sendMessage(GrpcGateway.asking(Gateway.MODEL, "Hi").build());
    call.halfClose();

    await().until(() -> gateway.gateway().buffered("answers") >= MB);
    await().until(() -> gateway.gateway().buffered("answers") == 0);
    // The connection is as good as before.
    InferRequest next = GrpcGateway.asking(Gateway.MODEL, "Hi").build();
    assertThat(gateway.once().infer(next).getContent()).isEqualTo("Hello there");
  }

  @Test
  void connection_that_says_nothing_is_closed(Vertx vertx) {
    open(vertx, ConnectionOptions.defaults().withHandshakeTimeout(SHORT));

    try (Wire silent = Wire.connect(gateway.port());
        Wire half = Wire.connect(gateway.port())) {
      half.send("PRI * HTTP/2.0\r\n");

      assertThat(closed(silent)).isTrue();
      assertThat(closed(half)).isTrue();
    }
  }

  /** After what the server says first. */
  private static boolean closed(Wire wire) {
    return wire.closedWithin(Duration.ofSeconds(20));
  }

  @Test
  void stream_of_which_nothing_is_taken_is_given_up(Vertx vertx) {
    open(vertx, ConnectionOptions.defaults().withWriteTimeout(SHORT));
    Buffer event = Buffer.buffer("data: " + Texts.delta("x".repeat(4096)) + "\n\n");
    gateway.gateway().upstream().next(MockAnswer.flood("text/event-stream", event, -1));

    var chunks = gateway.once().inferStream(GrpcGateway.asking(Gateway.MODEL, "Hi").build());
    assertThat(chunks.next().getDelta()).hasSize(4096);

    await().until(() -> !gateway.gateway().upstream().requests().isEmpty());
    MockRequest sent = gateway.gateway().upstream().lastRequest();
    await().atMost(Duration.ofSeconds(20)).until(sent::abandoned);
  }
}
