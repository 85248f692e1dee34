package dev.infermux.mock;

import dev.infermux.mock.http.WireScript;
import dev.infermux.mock.http.WireServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;

/** A mock on a socket: the APIs that it speaks, and {@code /__mock/…} to control it. */
public final class MockServer {

  private final WireServer server;

  private MockServer(WireServer server) {
    this.server = server;
  }

  /**
   * Listens; port 0 takes a free one.
   *
   * @param orders reads what {@code POST /__mock/script} brings
   */
  public static Future<MockServer> start(
      Vertx vertx, String host, int port, Mock mock, ControlCommand.Reader orders) {
    MockRoutes api = new MockRoutes(mock);
    ControlRoutes control = new ControlRoutes(mock, orders);
    WireScript routes =
        request ->
            request.target().startsWith(ControlRoutes.PREFIX)
                ? control.answer(request)
                : api.answer(request);
    NetServerOptions options = new NetServerOptions().setHost(host).setPort(port);
    return WireServer.start(vertx, options, routes).map(MockServer::new);
  }

  public int port() {
    return server.port();
  }

  public Future<Void> close() {
    return server.close();
  }
}
