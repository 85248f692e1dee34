package dev.infermux.cli.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.infermux.module.OptionalModule;
import dev.infermux.network.CauseText;
import dev.infermux.nodes.ClusterFactory;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.nodes.PrivateAddresses;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Vert.x of a server: alone, until its configuration makes it a node of a cluster. */
public final class ServerVertx implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.server");
  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private final SocketTransport transport;
  private Vertx current;

  /** Starts the one that stands alone. */
  public ServerVertx(SocketTransport transport) {
    this.transport = transport;
    this.current = ProgramVertx.create(transport.transport());
  }

  /** The one that there is now. */
  public Vertx current() {
    return current;
  }

  /**
   * The one to serve with, as a node of the cluster where there is one; it takes some seconds then.
   *
   * @throws UserError when the cluster cannot be joined
   */
  public Vertx joined(ClusterOptions cluster) {
    if (!cluster.enabled()) {
      return current;
    }
    try {
      ClusterFactory factory = OptionalModule.find(ClusterFactory.class, "cluster.enabled");
      InetAddress own = PrivateAddresses.own(cluster);
      checkFree("cluster.port", own, cluster.port());
      checkFree("cluster.bus_port", own, cluster.busPort());
      LOG.info("joining cluster {} at {}:{}", cluster.name(), own.getHostAddress(), cluster.port());
      Vertx node = Blocking.on(factory.join(options(), cluster));
      close();
      current = node;
      return node;
    } catch (IllegalArgumentException wrong) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, CauseText.of(wrong));
    } catch (UserError taken) {
      throw taken;
    } catch (RuntimeException failed) {
      throw new UserError(
          ExitCode.CAN_NOT_BIND, "cluster: cannot be joined: " + CauseText.of(failed));
    }
  }

  private VertxOptions options() {
    return ProgramVertx.options()
        .setPreferNativeTransport(transport.kind() != SocketTransport.Kind.NIO);
  }

  /** A verticle of the user's that does not give its thread back must not keep the process. */
  @Override
  public void close() {
    Blocking.on(current.close().timeout(LAST_WAIT.toMillis(), MILLISECONDS).otherwiseEmpty());
  }

  private static void checkFree(String key, InetAddress host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw BindFailure.of(host.getHostAddress() + ":" + port, key, e);
    }
  }
}
