package dev.infermux.vertx;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientBuilder;
import io.vertx.core.http.impl.CleanableHttpClient;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/**
 * A client that may end before the context on which it was made. Vert.x keeps a closed client with
 * its context until that ends; a context on which providers come and go would gather them.
 *
 * @param owner what ends the client if nobody else does
 */
public record OwnHttpClient(HttpClient client, CloseFuture owner) {

  /** Builds one on the current context. */
  public static OwnHttpClient build(Vertx vertx, HttpClientBuilder builder) {
    VertxInternal internal = (VertxInternal) vertx;
    ContextInternal context = internal.getContext();
    CloseFuture owner = context == null ? internal.closeFuture() : context.closeFuture();
    return new OwnHttpClient(builder.build(), owner);
  }

  /** Closes it, and leaves nothing of it with its context. */
  public Future<Void> close() {
    return client
        .close()
        .onComplete(
            closed -> {
              if (client instanceof CleanableHttpClient built) {
                owner.remove(built.delegate);
              }
            });
  }
}
