package dev.infermux.inbound.management;

import dev.infermux.inbound.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;

/** A listener of its own for the management API, where {@code management_listen} asks for one. */
public final class ManagementVerticle extends VerticleBase {

  private final ListenAddress address;
  private final ManagementApi api;
  private @Nullable HttpServer server;

  public ManagementVerticle(ListenAddress address, ManagementApi api) {
    this.address = address;
    this.api = api;
  }

  @Override
  public Future<?> start() {
    HttpServer listening =
        vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
    server = listening;
    return listening.requestHandler(api).listen(address.port(), address.host());
  }

  /** The port that was bound; 0 before the start. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }
}
