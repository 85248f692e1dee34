package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.vertx.ConnectionUse;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class StreamSourceTest {

  private static final int READ_BYTES = 64 << 10;
  private static final Buffer PIECE = Buffer.buffer(new byte[READ_BYTES]);
  private static final int PIECES = 400;

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong come = new AtomicLong();
  private Vertx vertx;
  private Context loop;
  private HttpClientAgent client;
  private int port;

  @BeforeEach
  void serve(Vertx running) throws Exception {
    vertx = running;
    loop = vertx.getOrCreateContext();
    HttpServer server =
        vertx.createHttpServer().requestHandler(call -> flood(call.response().setChunked(true)));
    port = server.listen(0, "127.0.0.1").await().actualPort();
    client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setMaxChunkSize(READ_BYTES))
            .with(new PoolOptions().setHttp1MaxSize(1))
            .withConnectHandler(this::observed)
            .build();
  }

  private void observed(HttpConnection connection) {
    ConnectionUse.observe(connection);
    ChannelHandlerContext handler =
        ((HttpClientConnectionInternal) connection).channelHandlerContext();
    handler
        .pipeline()
        .addBefore(
            handler.name(),
            "count",
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof HttpContent content) {
                  read.addAndGet(content.content().readableBytes());
                }
                context.fireChannelRead(message);
              }
            });
  }

  private void flood(HttpServerResponse answer) {
    while (!answer.writeQueueFull()) {
      if (written.addAndGet(READ_BYTES) > (long) PIECES * READ_BYTES) {
        answer.end();
        return;
      }
      answer.write(PIECE);
    }
    answer.drainHandler(drained -> flood(answer));
  }

  private <T> T onLoop(Supplier<Future<T>> step) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(run -> step.get().onComplete(done));
    return done.future().await();
  }

  private Future<HttpClientResponse> answer() {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", "/")
        .compose(
            request -> {
              ConnectionUse.of(request.connection()).asked();
              return request.send();
            });
  }

  private Future<StreamSource> source() {
    return answer()
        .map(
            response -> {
              StreamSource source =
                  new StreamSource(response, StreamDecoder.NONE, Buffer.buffer(), false);
              source.read(piece -> come.addAndGet(piece.length()), broken -> {}, () -> {});
              source.flow(false);
              return source;
            });
  }

  private void settled() {
    AtomicLong before = new AtomicLong(-1);
    await().until(() -> before.getAndSet(written.get()) == written.get());
  }

  @Test
  void pause_takes_at_once_what_is_read_and_loses_nothing() {
    StreamSource source = onLoop(this::source);
    settled();

    assertThat(read.get() - come.get()).isLessThanOrEqualTo(2L * READ_BYTES);
    onLoop(
        () -> {
          source.flow(true);
          return Future.succeededFuture();
        });
    await().until(() -> come.get() == (long) PIECES * READ_BYTES);
  }

  @Test
  void pause_ends_with_its_answer() {
    StreamSource first = onLoop(this::source);
    onLoop(
        () -> {
          first.flow(true);
          return Future.succeededFuture();
        });
    await().until(() -> come.get() == (long) PIECES * READ_BYTES);
    written.set(0);
    come.set(0);
    StreamSource second = onLoop(this::source);

    onLoop(
        () -> {
          second.flow(true);
          first.flow(false);
          return Future.succeededFuture();
        });

    await().until(() -> come.get() == (long) PIECES * READ_BYTES);
  }
}
