package dev.infermux.inbound.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request that has found its route.
 *
 * @param rest what follows the route's path; empty at the path itself
 * @param body what a handler of the program's own has read of it already; null = it is unread
 */
record RoutedRequest(HttpServerRequest request, String rest, @Nullable Buffer body) {

  static RoutedRequest unread(HttpServerRequest request) {
    return new RoutedRequest(request, "", null);
  }
}
