package dev.infermux.cluster.lease;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes, where the bus is clustered, that a call waits for their money. A hint that
 * is lost, late, double or made up costs a step.
 */
final class BusHints {

  private static final String ADDRESS = "infermux.nodes.lease.wanted";

  private final Vertx vertx;
  private final String instance;
  private BiConsumer<String, YearMonth> heard = (account, month) -> {};
  private @Nullable MessageConsumer<JsonObject> consumer;

  BusHints(Vertx vertx, String instance) {
    this.vertx = vertx;
    this.instance = instance;
  }

  void tell(String account, YearMonth month) {
    vertx
        .eventBus()
        .publish(
            ADDRESS,
            new JsonObject()
                .put("from", instance)
                .put("caller", account)
                .put("month", month.toString()));
  }

  void listen(BiConsumer<String, YearMonth> heard) {
    this.heard = heard;
  }

  /** On the event loop that shall hear them. */
  Future<Void> begin() {
    MessageConsumer<JsonObject> listening = vertx.eventBus().consumer(ADDRESS);
    consumer = listening;
    return listening.handler(message -> hear(message.body())).completion();
  }

  private void hear(@Nullable JsonObject hint) {
    if (hint == null || instance.equals(hint.getValue("from"))) {
      return;
    }
    if (hint.getValue("caller") instanceof String caller
        && hint.getValue("month") instanceof String month) {
      try {
        heard.accept(caller, YearMonth.parse(month));
      } catch (DateTimeException e) {
        // Whoever is on the bus may write anything.
      }
    }
  }

  Future<Void> end() {
    MessageConsumer<JsonObject> listening = consumer;
    return listening == null ? Future.succeededFuture() : listening.unregister();
  }
}
