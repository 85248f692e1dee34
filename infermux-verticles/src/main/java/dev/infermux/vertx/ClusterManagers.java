package dev.infermux.vertx;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.Optional;

/** Finds the cluster manager of a Vert.x. */
public final class ClusterManagers {

  private ClusterManagers() {}

  /** Empty where it is not clustered. */
  public static Optional<ClusterManager> of(Vertx vertx) {
    return Optional.ofNullable(((VertxInternal) vertx).clusterManager());
  }
}
