package dev.infermux.inbound.management;

import dev.infermux.inbound.ErrorBody;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Secret;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Serves {@code /_infermux/*}. Safe on any event loop. */
public final class ManagementDoor implements Handler<HttpServerRequest> {

  private static final String BEARER = "Bearer ";

  private final Router router;
  private final ManagementViews views;
  private final @Nullable Secret token;

  /**
   * Makes the door.
   *
   * @param token what callers must present, or null; health stays open either way
   */
  public ManagementDoor(Vertx vertx, ManagementViews views, @Nullable Secret token) {
    this.views = views;
    this.token = token;
    this.router = routes(Router.router(vertx));
  }

  @Override
  public void handle(HttpServerRequest request) {
    router.handle(request);
  }

  private Router routes(Router routes) {
    reading(routes, "/_infermux/health").handler(this::health);
    routes.route("/_infermux/health").handler(ManagementDoor::wrongMethod);
    routes.route("/_infermux/*").handler(this::authorize);
    reading(routes, "/_infermux/metrics").handler(this::metrics);
    routes.route("/_infermux/metrics").handler(ManagementDoor::wrongMethod);
    routes.route().handler(ManagementDoor::unknown);
    // What the router itself refuses, such as a broken percent escape.
    routes.errorHandler(
        400,
        context -> error(context, 400, "invalid_request", "path: malformed (expected: a path)"));
    routes.errorHandler(
        500, context -> error(context, 500, "internal", "internal error; see the gateway's log"));
    return routes;
  }

  private static Route reading(Router routes, String path) {
    return routes.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void health(RoutingContext context) {
    json(context, 200, new JsonObject().put("status", "ok").toBuffer());
  }

  private void metrics(RoutingContext context) {
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    views
        .metrics(accept == null ? "" : accept)
        .onSuccess(
            text ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, text.contentType())
                    .end(text.body()))
        .onFailure(
            cause -> error(context, 500, "internal", "metrics can not be read; see the log"));
  }

  private void authorize(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    boolean known =
        token == null
            || (header != null
                && header.startsWith(BEARER)
                && token.matches(header.substring(BEARER.length())));
    if (known) {
      context.next();
    } else {
      error(
          context,
          401,
          "invalid_api_key",
          "Authorization: not the management token (expected: Bearer and the value of"
              + " INFERMUX_MANAGEMENT_TOKEN)");
    }
  }

  private static void wrongMethod(RoutingContext context) {
    context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    error(
        context,
        405,
        "method_not_allowed",
        "method: " + context.request().method() + " (expected: GET, HEAD)");
  }

  private static void unknown(RoutingContext context) {
    error(
        context, 404, "not_found", "path: unknown below /_infermux/ (expected: health or metrics)");
  }

  private static void error(RoutingContext context, int status, String code, String message) {
    Failure failure = new Failure.Unservable(code, status, message);
    ErrorBody.describe(failure, context.response().headers());
    json(context, status, ErrorBody.of(failure));
  }

  private static void json(RoutingContext context, int status, Buffer body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(body);
  }
}
