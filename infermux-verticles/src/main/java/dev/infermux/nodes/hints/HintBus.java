package dev.infermux.nodes.hints;

import io.vertx.core.json.JsonObject;

/** Publishes a hint to all nodes, this one included; it never fails and promises nothing. */
@FunctionalInterface
interface HintBus {
  HintBus NONE = (address, hint) -> {};

  void publish(String address, JsonObject hint);
}
