package dev.infermux.nodes.hints;

import dev.infermux.vertx.ClusterManagers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event bus of a clustered Vert.x. */
final class ClusterHintBus implements HintBus {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.nodes");

  private final Vertx vertx;
  private final Optional<ClusterManager> manager;

  ClusterHintBus(Vertx vertx) {
    this.vertx = vertx;
    this.manager = ClusterManagers.of(vertx);
  }

  @Override
  public void publish(String address, JsonObject hint) {
    try {
      vertx.eventBus().publish(address, hint);
    } catch (RuntimeException closed) {
      LOG.debug("hint at {} not published", address, closed);
    }
  }

  @Override
  public String member() {
    return manager.map(ClusterManager::getNodeId).orElse("");
  }

  @Override
  public Optional<Set<String>> members() {
    try {
      return manager.map(known -> Set.copyOf(known.getNodes()));
    } catch (RuntimeException closed) {
      LOG.debug("the members of the cluster are not known", closed);
      return Optional.empty();
    }
  }
}
