package dev.infermux.cluster.bus;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.mock.Mock;
import dev.infermux.module.OptionalModule;
import dev.infermux.nodes.ClusterFactory;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Nodes of one cluster at 127.0.0.1: each with a Vert.x of its own, some with an InferMux. */
final class LocalCluster implements AutoCloseable {

  private final String name = "infermux-test-" + ProcessHandle.current().pid();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Vertx> all = new ArrayList<>();
  private final List<InferMux> routers = new ArrayList<>();

  /** With so many nodes; what belongs to each is asked for by its number. */
  static LocalCluster of(int nodes) {
    LocalCluster cluster = new LocalCluster();
    for (int i = 0; i < 2 * nodes; i++) {
      cluster.ports.add(FreePort.next());
    }
    ClusterFactory factory = OptionalModule.find(ClusterFactory.class, "cluster.enabled");
    List<Future<Vertx>> joining = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      joining.add(factory.join(new VertxOptions().setEventLoopPoolSize(2), cluster.options(i)));
    }
    joining.forEach(node -> cluster.all.add(node.await()));
    cluster.all.forEach(EnvelopeCodec::register);
    return cluster;
  }

  ClusterOptions options(int node) {
    return ClusterOptions.defaults()
        .withEnabled(true)
        .withName(name)
        .withHost("127.0.0.1")
        .withPort(ports.get(2 * node))
        .withBusPort(ports.get(2 * node + 1))
        .withMembers(List.of("127.0.0.1:" + ports.get(0)))
        .withExpected(2)
        .withTls(new ClusterOptions.Tls(file("server.pem"), file("server.key"), file("ca.pem")));
  }

  Vertx vertx(int node) {
    return all.get(node);
  }

  /** Starts an InferMux on a node, with one provider that is a mock. */
  InferMux router(int node, Mock mock, boolean remoteCalls) {
    Config config =
        Config.defaults()
            .withHttp(HttpOptions.defaults().withListen(new ListenAddress("127.0.0.1", 0)))
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(4))
            .withRouting(
                RoutingOptions.defaults()
                    .withRetry(RetryOptions.defaults().withAttempts(0))
                    .withFailover(FailoverOptions.defaults().withEnabled(false)))
            .withCluster(options(node).withRemoteCalls(remoteCalls));
    return router(node, config, InferMuxOptions.defaults().withMocks(mock).withHealthChecks(false));
  }

  /** Starts an InferMux on a node, with a file of this content. */
  InferMux router(int node, Path file, String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConfigResult read = ConfigReader.read(vertx(node), file, ReadOptions.of(Map.of())).await();
    if (!(read instanceof ConfigResult.Loaded loaded)) {
      throw new AssertionError(read);
    }
    return router(node, loaded.config().withCluster(options(node)), InferMuxOptions.defaults());
  }

  private InferMux router(int node, Config config, InferMuxOptions options) {
    InferMux router = InferMux.create(vertx(node), config, options).await();
    routers.add(router);
    return router;
  }

  /** Ends the InferMux of a node before the others. */
  void end(InferMux router) {
    routers.remove(router);
    router.close().await();
  }

  @Override
  public void close() {
    routers.forEach(router -> router.close().await());
    Future.join(all.stream().map(Vertx::close).toList()).await();
  }

  static Path file(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(LocalCluster.class.getResource("/tls/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
