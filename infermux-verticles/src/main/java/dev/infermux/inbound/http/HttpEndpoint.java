package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Operation;
import org.jspecify.annotations.Nullable;

/** Serves the exchanges of one route, whose caller is known. */
@FunctionalInterface
interface HttpEndpoint {

  /** What its requests ask of a model; null where they ask for something else. */
  default @Nullable Operation operation() {
    return null;
  }

  /** May throw an {@code InferenceException}, with which the exchange then ends. */
  void serve(HttpExchange exchange, Caller caller);
}
