package dev.infermux.inbound.http;

/** Serves the exchanges of one route. It may throw an {@code InferenceException}. */
interface HttpEndpoint {
  void serve(HttpExchange exchange);
}
