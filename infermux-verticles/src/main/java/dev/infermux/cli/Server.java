package dev.infermux.cli;

import dev.infermux.BoundPorts;
import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.cli.process.BindFailure;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Routers;
import dev.infermux.cli.process.UserError;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A router with its sockets open. */
record Server(InferMux router, BoundPorts listening) {

  /**
   * Starts it.
   *
   * @param http whether the HTTP API is served too
   * @throws UserError when the configuration cannot be applied, or an address is taken
   */
  static Server start(Vertx vertx, Config config, InferMuxOptions embedding, boolean http) {
    InferMux router = Routers.create(vertx, config, embedding);
    try {
      BoundPorts ports = Blocking.on(http ? router.listen() : router.listenWithoutHttp());
      return new Server(router, ports);
    } catch (IllegalArgumentException impossible) {
      Blocking.on(router.close());
      throw new UserError(ExitCode.BAD_CONFIGURATION, String.valueOf(impossible.getMessage()));
    } catch (RuntimeException cause) {
      Blocking.on(router.close());
      if (http) {
        checkFree(config.http().listen(), "--listen, or listen in the configuration");
      }
      checkFree(config.managementListen(), "management_listen in the configuration");
      checkFree(
          config.grpcListen(),
          (http ? "--grpc-addr" : "--addr") + ", or grpc_listen in the configuration");
      throw cause;
    }
  }

  /** Lets what is in flight end, for {@code grace} at most, then stops the rest. */
  void stop(Duration grace) {
    Blocking.on(router.drain(grace));
    Blocking.on(router.close());
  }

  /** The failure of a bind does not say which address it was about: trying again does. */
  private static void checkFree(@Nullable ListenAddress address, String where) {
    if (address == null) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host(), address.port()));
    } catch (IOException | IllegalArgumentException e) {
      throw BindFailure.of(address.toString(), where, e);
    }
  }
}
