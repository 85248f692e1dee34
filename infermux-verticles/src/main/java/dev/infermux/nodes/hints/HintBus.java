package dev.infermux.nodes.hints;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Publishes a hint to all nodes, this one included; it never fails and promises nothing. */
@FunctionalInterface
interface HintBus {
  HintBus NONE = (address, hint) -> {};

  void publish(String address, JsonObject hint);

  /** What the cluster manager calls this node; empty where there is none. */
  default String member() {
    return "";
  }

  /** Whom the cluster manager knows to live; empty where there is none to ask. */
  default Optional<Set<String>> members() {
    return Optional.empty();
  }
}
