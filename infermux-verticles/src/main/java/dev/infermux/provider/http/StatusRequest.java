package dev.infermux.provider.http;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.network.ProxyServer;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

/**
 * One small request whose answer's status is all that matters. The answer's body is thrown away
 * unread, and its connection with it when the body is long.
 */
final class StatusRequest {

  /** Lists of models are far shorter; a connection costs less than reading on. */
  private static final int MAX_BODY_BYTES = 256 << 10;

  private final Transport transport;
  private final Cancellation cancellation;
  private final UpstreamConnection connection;
  private final Promise<Integer> status = Promise.promise();
  private long read;
  private boolean decided;

  StatusRequest(Transport transport, Cancellation cancellation) {
    this.transport = transport;
    this.cancellation = cancellation;
    this.connection = new UpstreamConnection(transport);
  }

  Future<Integer> status() {
    return status.future();
  }

  void send(RequestOptions options) {
    connection.follow(cancellation, this::cancelled);
    if (!decided) {
      connection.connect(transport.connections().kept(), options, this::ask, this::broken);
    }
  }

  private void ask(HttpClientRequest opened) {
    opened.response().onComplete(this::head);
    opened.end();
  }

  private void head(AsyncResult<HttpClientResponse> arrived) {
    if (arrived.failed()) {
      broken(arrived.cause());
      return;
    }
    HttpClientResponse response = arrived.result();
    int code = response.statusCode();
    ProxyServer proxy = transport.proxy();
    if (proxy != null && ProxyFailure.isOne(code)) {
      fail(ProxyFailure.unauthorized(transport.failures(), proxy));
      connection.reset();
      return;
    }
    response
        .handler(chunk -> skip(chunk, code))
        .exceptionHandler(cut -> answered(code))
        .endHandler(
            end -> {
              connection.finished();
              answered(code);
            });
  }

  private void skip(Buffer chunk, int code) {
    read += chunk.length();
    if (read > MAX_BODY_BYTES) {
      answered(code);
      connection.reset();
    }
  }

  private void answered(int code) {
    if (decide()) {
      status.complete(code);
    }
  }

  private void cancelled() {
    fail(transport.failures().cancelled());
    connection.reset();
  }

  private void broken(Throwable cause) {
    fail(TransportFailures.broken(transport, cause, 0));
  }

  private void fail(Failure failure) {
    if (decide()) {
      status.fail(new InferenceException(failure));
    }
  }

  private boolean decide() {
    if (decided) {
      return false;
    }
    decided = true;
    connection.letGo();
    return true;
  }
}
