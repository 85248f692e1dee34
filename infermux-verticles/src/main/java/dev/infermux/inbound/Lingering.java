package dev.infermux.inbound;

import dev.infermux.time.Timers;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Closes a connection whose caller is still sending a body that is refused.
 *
 * <p>Closing at once would reset the connection and could destroy the answer before it is read (RFC
 * 9112, section 9.6), so the rest of the body is thrown away for a moment first.
 */
public final class Lingering {

  private static final Duration LINGER = Duration.ofSeconds(2);

  private Lingering() {}

  /** Must be called on the request's event loop after its response has ended. */
  public static void close(HttpServerRequest request, Timers timers) {
    request.exceptionHandler(gone -> {});
    request.handler(unwanted -> {});
    request.endHandler(read -> request.connection().close());
    request.resume();
    timers.start(LINGER, () -> request.connection().close());
  }
}
