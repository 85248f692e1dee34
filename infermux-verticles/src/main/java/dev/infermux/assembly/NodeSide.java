package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.events.metrics.Metrics;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.nodes.PrivateAddresses;
import dev.infermux.nodes.hints.HintTargets;
import dev.infermux.nodes.hints.NodeHints;
import dev.infermux.nodes.hints.NodeIdentity;
import dev.infermux.nodes.hints.NodesVerticle;
import dev.infermux.operations.Operations;
import dev.infermux.pipeline.RouterComponents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What makes one InferMux a node among others.
 *
 * @param hints of a node alone they go nowhere
 * @param verticle empty where it is alone
 */
record NodeSide(NodeHints hints, Optional<NodesVerticle> verticle) {

  static NodeSide of(
      Config config, HostServices services, RouterComponents router, Operations operations) {
    ClusterOptions cluster = config.cluster();
    NodeIdentity self =
        new NodeIdentity(
            router.instance(),
            name(cluster),
            services.version(),
            router.time().clock().instant().toEpochMilli());
    NodeHints hints =
        new NodeHints(
            self,
            cluster,
            new HintTargets(router.registry(), router.instruments().callers()),
            router.time());
    Metrics metrics = operations.metrics();
    metrics.gauge(
        "infermux_cluster_nodes", "Nodes that this one hears, and itself.", hints::living);
    metrics.gauge(
        "infermux_cluster_nodes_expected", "Nodes that there should be.", hints::expected);
    metrics.gauge(
        "infermux_cluster_versions",
        "Different versions of InferMux among the nodes that this one hears, and itself.",
        hints::versions);
    if (!cluster.enabled()) {
      return new NodeSide(hints, Optional.empty());
    }
    NodesVerticle verticle = new NodesVerticle(hints, cluster, router.time(), new ModuleSight());
    verticle.register(metrics);
    operations.lifecycle().waitFor(verticle::obstacle);
    return new NodeSide(hints, Optional.of(verticle));
  }

  /** Deploys on a cell's context, so that it ends before the cells do. */
  Future<?> start(Vertx vertx) {
    return verticle.<Future<?>>map(vertx::deployVerticle).orElseGet(Future::succeededFuture);
  }

  void providersChanged() {
    verticle.ifPresent(NodesVerticle::providersChanged);
  }

  /** For people: the machine, else the address that others reach it at. */
  private static String name(ClusterOptions cluster) {
    String machine = System.getenv("HOSTNAME");
    return (machine != null && !machine.isEmpty() ? machine : address(cluster))
        + ":"
        + cluster.port();
  }

  private static String address(ClusterOptions cluster) {
    try {
      return cluster.enabled() ? PrivateAddresses.own(cluster).getHostAddress() : "node";
    } catch (IllegalArgumentException unknown) {
      // A program's own Vert.x may listen elsewhere.
      return "node";
    }
  }
}
