package dev.infermux.outbound;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * One small request whose answer's status is all that matters. The answer's body is thrown away
 * unread, and its connection with it when the body is long.
 */
final class Inquiry {

  /** Lists of models are far shorter; a connection costs less than reading on. */
  private static final int MAX_BODY_BYTES = 256 << 10;

  private static final Handler<Throwable> KNOWN = cause -> {};

  private final Upstream upstream;
  private final Cancellation cancellation;
  private final Promise<Integer> status = Promise.promise();
  private @Nullable Registration registration;
  private @Nullable HttpClientRequest request;
  private long read;
  private boolean decided;

  Inquiry(Upstream upstream, Cancellation cancellation) {
    this.upstream = upstream;
    this.cancellation = cancellation;
  }

  Future<Integer> status() {
    return status.future();
  }

  void send(RequestOptions options) {
    registration = cancellation.onCancel(() -> upstream.loop().run(this::cancelled));
    if (!decided) {
      upstream.client().request(options).onComplete(this::connected);
    }
  }

  private void connected(AsyncResult<HttpClientRequest> connected) {
    if (connected.failed()) {
      fail(upstream.faults().broken(connected.cause()));
      return;
    }
    HttpClientRequest opened = connected.result();
    // Its failures arrive through the response; without a handler they would only be logged.
    opened.exceptionHandler(KNOWN);
    request = opened;
    if (decided) {
      reset();
      return;
    }
    opened.response().onComplete(this::head);
    opened.end();
  }

  private void head(AsyncResult<HttpClientResponse> arrived) {
    if (arrived.failed()) {
      fail(upstream.faults().broken(arrived.cause()));
      return;
    }
    HttpClientResponse response = arrived.result();
    int code = response.statusCode();
    response
        .handler(chunk -> skip(chunk, code))
        .exceptionHandler(cut -> answered(code))
        .endHandler(
            end -> {
              request = null;
              answered(code);
            });
  }

  private void skip(Buffer chunk, int code) {
    read += chunk.length();
    if (read > MAX_BODY_BYTES) {
      answered(code);
      reset();
    }
  }

  private void answered(int code) {
    if (decide()) {
      status.complete(code);
    }
  }

  private void cancelled() {
    fail(upstream.faults().cancelled());
    reset();
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
    if (registration != null) {
      registration.remove();
    }
    return true;
  }

  private void reset() {
    HttpClientRequest unfinished = request;
    request = null;
    if (unfinished != null) {
      unfinished.reset();
    }
  }
}
