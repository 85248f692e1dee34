package dev.infermux.inbound.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A caller may have left by the time that his request is taken up: nobody tells the exchange. */
@ExtendWith(VertxExtension.class)
class EarlyLeaverTest {

  @Test
  void exchange_that_begins_after_its_caller_has_left_is_cancelled_and_holds_nothing(Vertx vertx)
      throws Exception {
    BufferedBytes account = new BufferedBytes(1_000_000);
    CompletableFuture<HttpServerRequest> come = new CompletableFuture<>();
    CompletableFuture<Context> context = new CompletableFuture<>();
    int port =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  context.complete(Vertx.currentContext());
                  come.complete(request);
                })
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    try (Wire wire = Wire.connect(port)) {
      wire.request("POST", "/v1/chat/completions", "{}");
      come.get(20, TimeUnit.SECONDS);
    }
    HttpServerRequest request = come.join();
    await().until(() -> request.response().closed());

    CompletableFuture<HttpExchange> begun = new CompletableFuture<>();
    context.join().runOnContext(here -> begun.complete(begin(vertx, request, account)));
    HttpExchange exchange = begun.get(20, TimeUnit.SECONDS);

    assertThat(exchange.cancellation().isCancelled()).isTrue();
    account.take(BufferedKind.ANSWERS, 1_000, 0);
    assertThat(exchange.hold().keep(1_000)).isFalse();
    assertThat(exchange.hold().holds(100_000)).isTrue();
    assertThat(account.held()).isEqualTo(1_000);
  }

  private static HttpExchange begin(Vertx vertx, HttpServerRequest request, BufferedBytes account) {
    EnvelopeCodec.register(vertx);
    return new HttpExchange(
        RoutedRequest.unread(request),
        OneRouteApi.client(vertx, account),
        new ErrorFormat(ErrorJson::of, ErrorJson::event),
        HttpOptions.defaults().limits(),
        new OpenExchanges());
  }
}
