package dev.infermux.inbound.http;

import dev.infermux.inbound.http.exchange.Exchange;

/** Serves the exchanges of one route. It may throw an {@code InferenceException}. */
interface Endpoint {
  void serve(Exchange exchange);
}
