package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
final class BodyCollectorTest {

  private static final int MB = 1 << 20;
  private static final Buffer HALF = Buffer.buffer(new byte[MB / 2]);

  private final BufferedBytes account = new BufferedBytes(4L * MB);
  private HttpClientAgent client;
  private int port;

  @BeforeEach
  void serve(Vertx vertx) {
    port =
        vertx
            .createHttpServer()
            .requestHandler(call -> answer(call.response()))
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    client = vertx.createHttpClient();
  }

  private static void answer(HttpServerResponse response) {
    response.putHeader("Content-Length", Integer.toString(MB));
    response.write(HALF);
    response.end(HALF);
  }

  /** What became of a body, once all of it has been read. */
  private Future<Integer> collected() {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", "/")
        .compose(HttpClientRequest::send)
        .compose(this::collected);
  }

  private Future<Integer> collected(HttpClientResponse response) {
    Promise<Integer> length = Promise.promise();
    BodyCollector body =
        BodyCollector.of(response, Buffer.buffer(), new BodyLimit(2 * MB, account), () -> {});
    body.collect()
        .onComplete(
            all -> {
              body.release();
              length.handle(all.map(Buffer::length));
            });
    return response.end().compose(read -> length.future());
  }

  @Test
  void body_is_gathered_and_given_back() {
    assertThat(collected().await()).isEqualTo(MB);
    assertThat(account.held()).isZero();
  }

  @Test
  void body_of_which_a_piece_could_not_be_taken_is_none() {
    account.hold(BufferedKind.REQUESTS, 4L * MB);
    account.onRefusal(
        () -> {
          account.release(BufferedKind.REQUESTS, 4L * MB);
          throw new IllegalStateException("a bug");
        });

    Throwable failed = collected().transform(body -> Future.succeededFuture(body.cause())).await();

    assertThat(failed).isNotNull();
    assertThat(InferenceException.failureOf(failed)).isInstanceOf(Failure.Internal.class);
    assertThat(account.held()).isZero();
  }

  @Test
  void body_that_found_no_room_takes_none_when_there_is_some_again() {
    long others = 3L * MB;
    account.hold(BufferedKind.REQUESTS, others);
    account.onRefusal(() -> account.release(BufferedKind.REQUESTS, others));

    Throwable refused = collected().transform(body -> Future.succeededFuture(body.cause())).await();

    assertThat(InferenceException.failureOf(refused)).isInstanceOf(Failure.Overloaded.class);
    assertThat(account.held()).isZero();
  }
}
