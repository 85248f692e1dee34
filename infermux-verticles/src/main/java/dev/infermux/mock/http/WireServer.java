package dev.infermux.mock.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server that owns its bytes down to the TCP write, so that it can misbehave where a
 * usual one would not.
 */
public final class WireServer {

  private final Vertx vertx;
  private final WireScript script;
  private final NetServer server;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  private WireServer(Vertx vertx, NetServerOptions options, WireScript script) {
    this.vertx = vertx;
    this.script = script;
    this.server = vertx.createNetServer(options.setTcpNoDelay(true)).connectHandler(this::accept);
  }

  /** Listens at the host and port of the options; port 0 takes a free one. */
  public static Future<WireServer> start(Vertx vertx, NetServerOptions options, WireScript script) {
    WireServer wire = new WireServer(vertx, options, script);
    return wire.server.listen().map(wire);
  }

  public int port() {
    return server.actualPort();
  }

  public int openConnections() {
    return open.get();
  }

  public int acceptedConnections() {
    return accepted.get();
  }

  /** Closes all connections. */
  public Future<Void> close() {
    return server.close();
  }

  private void accept(NetSocket socket) {
    open.incrementAndGet();
    new WireConnection(vertx, socket, accepted.incrementAndGet(), script)
        .open(open::decrementAndGet);
  }
}
