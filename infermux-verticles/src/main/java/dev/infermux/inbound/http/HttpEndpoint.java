package dev.infermux.inbound.http;

import dev.infermux.inbound.http.exchange.HttpExchange;

/** Serves the exchanges of one route. It may throw an {@code InferenceException}. */
interface HttpEndpoint {
  void serve(HttpExchange exchange);
}
