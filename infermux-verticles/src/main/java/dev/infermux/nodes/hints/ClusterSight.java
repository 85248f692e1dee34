package dev.infermux.nodes.hints;

import io.vertx.core.Vertx;

/** What the cluster manager of a Vert.x knows of its cluster. */
public interface ClusterSight {

  /** Whether the cluster has its copies in order. It may block. */
  boolean settled(Vertx vertx);

  /**
   * Has somebody told, on any thread, when a node has come or gone.
   *
   * @return ends that
   */
  Runnable watch(Vertx vertx, Runnable changed);
}
