package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.v1.InferMuxServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller that opens an RPC and sends nothing is not waited for without end. */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class AwaitedRequestTest {

  private static final ConnectionOptions SHORT =
      ConnectionOptions.defaults().withBodyTimeout(Duration.ofMillis(200));

  @Test
  void rpc_without_a_request_ends_in_words_and_is_published(Vertx vertx) throws Exception {
    BusEvents events = new BusEvents(vertx);
    try (GrpcGateway gateway = start(vertx)) {
      for (MethodDescriptor<?, ?> method :
          List.of(
              InferMuxServiceGrpc.getInferMethod(), InferMuxServiceGrpc.getInferStreamMethod())) {
        Status status = opened(gateway, method).get(30, TimeUnit.SECONDS);

        assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(status.getDescription()).contains("http.body_timeout");
      }
      assertThat(events.inferences(2))
          .extracting(event -> event.getInteger("http_status"))
          .containsExactly(408, 408);
      assertThat(gateway.once().prompt("echo-v1", "Hi").getContent()).isEqualTo("echo: Hi");
    }
  }

  @Test
  void list_without_a_request_ends_too(Vertx vertx) throws Exception {
    try (GrpcGateway gateway = start(vertx)) {
      assertThat(
              opened(gateway, InferMuxServiceGrpc.getListProvidersMethod())
                  .get(30, TimeUnit.SECONDS)
                  .getCode())
          .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
  }

  private static GrpcGateway start(Vertx vertx) {
    return GrpcGateway.start(
        vertx, config -> config.withHttp(Gateway.localHttp().withConnections(SHORT)));
  }

  private static <Q, R> CompletableFuture<Status> opened(
      GrpcGateway gateway, MethodDescriptor<Q, R> method) {
    CompletableFuture<Status> ended = new CompletableFuture<>();
    // A client holds the head of one request back until there is the request.
    MethodDescriptor<Q, R> many =
        method.toBuilder().setType(MethodDescriptor.MethodType.BIDI_STREAMING).build();
    ClientCall<Q, R> call = gateway.channel().newCall(many, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    return ended;
  }
}
