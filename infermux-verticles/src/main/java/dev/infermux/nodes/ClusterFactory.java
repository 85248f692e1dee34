package dev.infermux.nodes;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.ClusterManager;

/**
 * Makes the clustered Vert.x of a node. The module infermux-cluster has one, found through {@link
 * java.util.ServiceLoader}.
 */
public interface ClusterFactory {

  /**
   * Joins the cluster, or begins it where no other node is found.
   *
   * @param own what the program wants of its Vert.x; what concerns the bus is set here
   * @return fails with {@link IllegalArgumentException} where the options are what is wrong
   */
  Future<Vertx> join(VertxOptions own, ClusterOptions options);

  /**
   * Whether the cluster has its copies in order again after a node came or went, so that another
   * one may go. It may block.
   */
  boolean settled(ClusterManager manager);

  /**
   * Has somebody told, on any thread, when a node has come or gone.
   *
   * @return ends that
   */
  default Runnable watch(ClusterManager manager, Runnable changed) {
    return () -> {};
  }
}
