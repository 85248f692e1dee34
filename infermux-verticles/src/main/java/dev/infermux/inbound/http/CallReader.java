package dev.infermux.inbound.http;

import dev.infermux.inbound.auth.Authenticator.Caller;
import dev.infermux.inference.Call;

/** Reads the call that a request is in the dialect of its front API. */
@FunctionalInterface
interface CallReader {

  /** May throw an {@code InferenceException} that names what is wrong. */
  Call read(HttpExchange exchange, Caller caller, byte[] body);
}
