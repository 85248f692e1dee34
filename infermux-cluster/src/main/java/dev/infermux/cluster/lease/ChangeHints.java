package dev.infermux.cluster.lease;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes, where the bus is clustered, that something was changed. A hint that is
 * lost is mended by the next reading; one that is late, double or made up costs a reading.
 */
final class ChangeHints {

  private static final String ADDRESS = "infermux.nodes.changed";

  private final Vertx vertx;
  private final String instance;
  private volatile @Nullable MessageConsumer<Object> consumer;

  ChangeHints(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.instance = instance;
  }

  void tell(long version) {
    vertx
        .eventBus()
        .publish(ADDRESS, new JsonObject().put("from", instance).put("version", version));
  }

  Future<Void> listen(Runnable heard) {
    MessageConsumer<Object> listening = vertx.eventBus().consumer(ADDRESS);
    consumer = listening;
    return listening
        .handler(
            message -> {
              if (message.body() instanceof JsonObject hint
                  && !instance.equals(hint.getValue("from"))) {
                heard.run();
              }
            })
        .completion();
  }

  Future<Void> end() {
    MessageConsumer<Object> listening = consumer;
    return listening == null ? Future.succeededFuture() : listening.unregister();
  }
}
