package dev.infermux.inbound;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Closes a connection whose caller is still sending a body that nobody wants.
 *
 * <p>Closing at once would reset the connection and could destroy the answer before it is read (RFC
 * 9112, section 9.6), so the rest of the body is thrown away for a moment first.
 */
public final class Lingering {

  private static final long PATIENCE_MILLIS = 2_000;

  private Lingering() {}

  /** Must be called on the request's event loop after its response has ended. */
  public static void close(HttpServerRequest request) {
    request.exceptionHandler(gone -> {});
    request.handler(unwanted -> {});
    request.endHandler(read -> request.connection().close());
    request.resume();
    Vertx.currentContext().owner().setTimer(PATIENCE_MILLIS, late -> request.connection().close());
  }
}
