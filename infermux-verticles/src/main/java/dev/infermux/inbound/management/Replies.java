package dev.infermux.inbound.management;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The two ways to answer: JSON, and the one shape of errors. */
final class Replies {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private Replies() {}

  public static void json(RoutingContext context, int status, Buffer body) {
    context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  public static void error(RoutingContext context, Failure failure) {
    ErrorHeaders.set(failure, context.response().headers());
    json(context, failure.status(), ErrorJson.of(failure));
  }
}
