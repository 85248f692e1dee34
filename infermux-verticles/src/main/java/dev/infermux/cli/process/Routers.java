package dev.infermux.cli.process;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import io.vertx.core.Vertx;

/** Puts routers together for the commands that have one. */
public final class Routers {

  private Routers() {}

  /**
   * A router without sockets.
   *
   * @throws UserError when the configuration cannot be applied
   */
  public static InferMux create(Vertx vertx, Config config, InferMuxOptions embedding) {
    try {
      return Blocking.on(InferMux.create(vertx, config, embedding));
    } catch (IllegalArgumentException impossible) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, String.valueOf(impossible.getMessage()));
    }
  }
}
