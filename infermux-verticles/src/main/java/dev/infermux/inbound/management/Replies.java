package dev.infermux.inbound.management;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inference.Failure;
import dev.infermux.vertx.BadHead;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The two ways to answer: JSON, and the one shape of errors. */
final class Replies {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private Replies() {}

  public static void json(RoutingContext context, int status, Buffer body) {
    context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  /** What could not be read as a request. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    BadHead bad = cause instanceof BadHead head ? head : null;
    String found = bad == null ? "request: malformed HTTP (expected: HTTP/1.1)" : bad.getMessage();
    int status = bad == null ? 400 : bad.status();
    Failure failure = new Failure.Unservable("invalid_request", status, found);
    ErrorHeaders.set(failure, request.response().headers());
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(ErrorJson.of(failure))
        .onComplete(sent -> request.connection().close());
  }

  public static void error(RoutingContext context, Failure failure) {
    ErrorHeaders.set(failure, context.response().headers());
    json(context, failure.status(), ErrorJson.of(failure));
  }
}
