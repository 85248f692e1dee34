package dev.infermux.provider.http;

import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cancellation.Registration;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one request holds while it is under way: its caller's right to cancel it, and a connection
 * once there is one. Used on the upstream's event loop only.
 */
final class UpstreamConnection {

  /** Failures of a request arrive through its response; without a handler they would be logged. */
  static final Handler<Throwable> KNOWN = cause -> {};

  private final Transport transport;
  private @Nullable Registration registration;
  private @Nullable HttpClientRequest request;
  private boolean down;

  UpstreamConnection(Transport transport) {
    this.transport = transport;
  }

  /** Lets a caller cancel until {@link #letGo}; {@code cancelled} may run at once. */
  void follow(Cancellation cancellation, Runnable cancelled) {
    registration = cancellation.onCancel(() -> transport.loop().run(cancelled));
  }

  /**
   * Asks for a connection; one that comes after a {@link #reset} is not used.
   *
   * @param failed takes why there is none
   */
  void connect(
      HttpClient client,
      RequestOptions options,
      Consumer<HttpClientRequest> opened,
      Consumer<Throwable> failed) {
    client
        .request(options)
        .onComplete(
            (connected, cause) -> {
              if (cause != null) {
                failed.accept(cause);
                return;
              }
              connected.exceptionHandler(KNOWN);
              if (down) {
                connected.reset();
              } else {
                request = connected;
                opened.accept(connected);
              }
            });
  }

  /** Forgets the caller: nothing is left to cancel. */
  void letGo() {
    if (registration != null) {
      registration.remove();
    }
  }

  /** The answer has been read to its end: its connection is the pool's again. */
  void finished() {
    request = null;
  }

  /** Closes the connection under an unfinished answer, or the one still to come. */
  void reset() {
    down = true;
    HttpClientRequest unfinished = request;
    request = null;
    if (unfinished != null) {
      unfinished.reset();
    }
  }
}
