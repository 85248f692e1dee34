package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.config.Config;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A program that opens and closes many, as tests do, must not keep them. */
class ClosedInferMuxTest {

  @Test
  void nothing_holds_what_a_closed_one_ran_on() throws Exception {
    WeakReference<Vertx> closed = used();

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              System.gc();
              return closed.refersTo(null);
            });
  }

  private static WeakReference<Vertx> used() throws Exception {
    Vertx vertx = Vertx.vertx();
    InferMux infermux = ended(InferMux.create(vertx, Config.echo()));
    List<ChatMessage> hello = List.of(ChatMessage.of("user", "Hi"));
    assertThat(
            ended(infermux.infer(new InferRequest("echo-v1", "", hello, Map.of(), Map.of())))
                .content())
        .isEqualTo("echo: Hi");
    ended(infermux.close());
    ended(vertx.close());
    return new WeakReference<>(vertx);
  }

  private static <T> T ended(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
