package dev.infermux.inbound.management;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.inbound.CallerConnections;
import dev.infermux.inbound.ConnectionOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.Listener;
import dev.infermux.time.Time;
import dev.infermux.vertx.ConnectionCount;
import dev.infermux.vertx.ConnectionWatch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listener of its own for the management API, where {@code management_listen} asks for one. */
public final class ManagementVerticle extends VerticleBase implements Listener {
  public static final String NAME = "management";
  private final ListenAddress address;
  private final ManagementApi api;
  private final ConnectionWatch watch;
  private volatile @Nullable HttpServer server;

  public ManagementVerticle(
      ListenAddress address, ManagementApi api, ConnectionOptions connections, Time time) {
    this.watch = CallerConnections.watch(connections, time, new ConnectionCount(), ErrorJson::of);
    this.address = address;
    this.api = api;
  }

  @Override
  public Future<?> start() {
    HttpServer listening =
        vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
    server = listening;
    listening.invalidRequestHandler(Replies::invalid).connectionHandler(watch::accept);
    return listening.requestHandler(api).listen(address.port(), address.host());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  /** It stays open until its cell ends, so that operators can watch the others drain. */
  @Override
  public Future<Void> drain(Duration grace) {
    return Future.succeededFuture();
  }
}
