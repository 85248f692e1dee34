package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.client.InferMuxClient;
import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.auth.Authenticator;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.v1.ChatMessage;
import dev.infermux.v1.InferRequest;
import dev.infermux.vertx.VertxTimers;
import io.grpc.Status;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bug behind the listener ends its own RPC, tells its caller nothing, and nothing else ends. */
@ExtendWith(VertxExtension.class)
class GrpcBugsTest {

  private static final InferRequest REQUEST =
      InferRequest.newBuilder()
          .setModel("m")
          .addMessages(ChatMessage.newBuilder().setRole("user").setContent("Hi"))
          .build();

  @Test
  void before_a_cell_was_found(Vertx vertx) {
    assertContained(
        vertx,
        () -> {
          throw new IllegalStateException("secret");
        });
  }

  @Test
  void on_the_event_loop_of_the_cell(Vertx vertx) {
    CellAccess cell =
        work ->
            vertx.runOnContext(
                now -> work.accept(null)); // so that asking the router throws, as a bug of it would
    assertContained(vertx, () -> cell);
  }

  private static void assertContained(Vertx vertx, Supplier<CellAccess> cells) {
    Supplier<List<ListedProvider>> bug =
        () -> {
          throw new StackOverflowError();
        };
    GrpcVerticle listener =
        new GrpcVerticle(
            new GrpcSettings(
                new ListenAddress("127.0.0.1", 0),
                null,
                new Authenticator(AuthOptions.defaults()),
                ConnectionOptions.defaults()),
            cells,
            bug,
            VertxTimers.time(vertx),
            BufferedBytes.unlimited());
    vertx.deployVerticle(listener).await();
    try (InferMuxClient client = InferMuxClient.connect("127.0.0.1:" + listener.port())) {
      InferMuxClient once = client.withDeadline(Duration.ofSeconds(20));

      for (int i = 0; i < 2; i++) {
        assertInternal(() -> once.infer(REQUEST));
        assertInternal(() -> once.inferStream(REQUEST).next());
        assertInternal(once::listProviders);
      }
    }
    // None of them counts as in flight any more.
    listener.drain(Duration.ofMinutes(1)).await();
  }

  private static void assertInternal(Runnable call) {
    Status status = GrpcGateway.failure(call);

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).isEqualTo("internal error");
  }
}
