package dev.infermux.provider.http;

import dev.infermux.vertx.ConnectionUse;
import dev.infermux.vertx.OwnHttpClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

/**
 * One provider's connections from one cell: those that are kept from request to request, and fresh
 * ones, each for a single request that a kept one has lost.
 */
final class Connections {

  private final Vertx vertx;
  private final HttpClientOptions options;
  private final PoolOptions pool;
  private final OwnHttpClient kept;
  private @Nullable OwnHttpClient fresh;

  Connections(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
    this.vertx = vertx;
    this.options = options;
    this.pool = pool;
    this.kept = client(options);
  }

  HttpClient kept() {
    return kept.client();
  }

  /** Made when it is first needed: most providers never lose a kept connection. */
  HttpClient fresh() {
    OwnHttpClient made = fresh;
    if (made == null) {
      made = client(new HttpClientOptions(options).setKeepAlive(false));
      fresh = made;
    }
    return made.client();
  }

  Future<Void> close() {
    OwnHttpClient second = fresh;
    Future<Void> closed = kept.close();
    return second == null ? closed : closed.eventually(second::close);
  }

  private OwnHttpClient client(HttpClientOptions http) {
    return OwnHttpClient.build(
        vertx,
        vertx
            .httpClientBuilder()
            .with(http)
            .with(pool)
            .withConnectHandler(
                connection -> {
                  ConnectionUse.observe(connection);
                  // A connection's failures fail the calls on it; by itself it would log each as
                  // an error.
                  connection.exceptionHandler(known -> {});
                }));
  }
}
