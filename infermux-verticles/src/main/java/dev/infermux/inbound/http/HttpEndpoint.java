package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;

/** Serves the exchanges of one route, whose caller is known. */
@FunctionalInterface
interface HttpEndpoint {

  /** May throw an {@code InferenceException}, with which the exchange then ends. */
  void serve(HttpExchange exchange, Caller caller);
}
