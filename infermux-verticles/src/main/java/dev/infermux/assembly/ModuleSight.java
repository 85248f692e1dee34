package dev.infermux.assembly;

import dev.infermux.nodes.ClusterFactory;
import dev.infermux.nodes.hints.ClusterSight;
import dev.infermux.vertx.ClusterManagers;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.ServiceLoader;
import java.util.function.BiFunction;

/** Asks the module that has made a Vert.x; of another cluster manager nothing is known. */
final class ModuleSight implements ClusterSight {

  @Override
  public boolean settled(Vertx vertx) {
    return ask(vertx, ClusterFactory::settled, true);
  }

  @Override
  public Runnable watch(Vertx vertx, Runnable changed) {
    return ask(vertx, (module, manager) -> module.watch(manager, changed), () -> {});
  }

  private static <T> T ask(
      Vertx vertx, BiFunction<ClusterFactory, ClusterManager, T> question, T unknown) {
    return ClusterManagers.of(vertx)
        .flatMap(
            manager ->
                ServiceLoader.load(ClusterFactory.class, manager.getClass().getClassLoader())
                    .findFirst()
                    .map(module -> question.apply(module, manager)))
        .orElse(unknown);
  }
}
