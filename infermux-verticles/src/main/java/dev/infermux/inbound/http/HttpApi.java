package dev.infermux.inbound.http;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inference.Failure;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of one cell: finds the route of a request and lets its endpoint serve it. Handles
 * requests on the cell's event loop only.
 */
public final class HttpApi implements Handler<HttpServerRequest> {

  private static final String MANAGEMENT = "/_infermux/";

  private final Map<String, Route> routes;
  private final Route models;
  private final @Nullable Handler<HttpServerRequest> management;

  HttpApi(
      Map<String, Route> routes, Route models, @Nullable Handler<HttpServerRequest> management) {
    this.routes = Map.copyOf(routes);
    this.models = models;
    this.management = management;
  }

  /** A route's one method and what serves it; {@code HEAD} goes where {@code GET} goes. */
  record Route(HttpMethod method, HttpEndpoint endpoint) {

    boolean accepts(HttpMethod asked) {
      return asked.equals(method)
          || (method.equals(HttpMethod.GET) && asked.equals(HttpMethod.HEAD));
    }

    String allow() {
      return method.equals(HttpMethod.GET) ? "GET, HEAD" : method.name();
    }
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    if (management != null && path.startsWith(MANAGEMENT)) {
      management.handle(request);
      return;
    }
    HttpExchange exchange = new HttpExchange(request);
    Route route = route(path);
    if (route == null) {
      exchange.fail(
          new Failure.Unservable(
              "not_found",
              404,
              "path: \""
                  + HeaderText.of(path)
                  + "\" (expected: /v1/chat/completions, /v1/completions, /v1/embeddings,"
                  + " /v1/models, /infer, /mist or /providers)"));
    } else if (!route.accepts(request.method())) {
      exchange.response().headers().set(HttpHeaders.ALLOW, route.allow());
      exchange.fail(
          new Failure.Unservable(
              "method_not_allowed",
              405,
              "method: " + request.method() + " (expected: " + route.allow() + ")"));
    } else {
      serve(exchange, route.endpoint());
    }
  }

  private static void serve(HttpExchange exchange, HttpEndpoint endpoint) {
    try {
      endpoint.serve(exchange);
    } catch (RuntimeException failure) {
      exchange.fail(failure);
    }
  }

  private @Nullable Route route(String path) {
    Route exact = routes.get(path);
    if (exact != null) {
      return exact;
    }
    String normal = Paths.normal(path);
    return normal.startsWith(ModelsEndpoint.PREFIX + "/") ? models : routes.get(normal);
  }
}
