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
 * One small request whose answer says how a provider is. The status is what matters: a body that is
 * long is left out, and the connection with it.
 */
final class StatusRequest {

  /** Lists of models are shorter, those of aggregators too. */
  private static final int MAX_BODY_BYTES = 4 << 20;

  private final Transport transport;
  private final Cancellation cancellation;
  private final UpstreamConnection connection;
  private final Promise<ModelList.Reply> status = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private boolean decided;

  StatusRequest(Transport transport, Cancellation cancellation) {
    this.transport = transport;
    this.cancellation = cancellation;
    this.connection = new UpstreamConnection(transport);
  }

  Future<ModelList.Reply> status() {
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
        .exceptionHandler(cut -> answered(code, Buffer.buffer()))
        .endHandler(
            end -> {
              connection.finished();
              answered(code, body);
            });
  }

  private void skip(Buffer chunk, int code) {
    body.appendBuffer(chunk);
    if (body.length() > MAX_BODY_BYTES) {
      answered(code, Buffer.buffer());
      connection.reset();
    }
  }

  private void answered(int code, Buffer read) {
    if (decide()) {
      status.complete(new ModelList.Reply(code, read));
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
