package dev.infermux.cli.process;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.nodes.ClusterOptions;
import io.vertx.core.Vertx;

/** Puts routers together for the commands that have one. */
public final class Routers {

  private Routers() {}

  /**
   * A router without sockets. It belongs to a cluster only where its Vert.x does.
   *
   * @throws UserError when the configuration cannot be applied
   */
  public static InferMux create(Vertx vertx, Config config, InferMuxOptions embedding) {
    try {
      Config own = vertx.isClustered() ? config : config.withCluster(ClusterOptions.defaults());
      return Blocking.on(InferMux.create(vertx, own, embedding));
    } catch (IllegalArgumentException impossible) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, String.valueOf(impossible.getMessage()));
    }
  }
}
