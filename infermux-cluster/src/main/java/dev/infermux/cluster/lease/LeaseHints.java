package dev.infermux.cluster.lease;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes that a call waits for their money: through the store, and over the bus
 * where it is clustered. A hint that is lost, late, double or made up costs a step.
 */
final class LeaseHints {

  private static final String ADDRESS = "infermux.nodes.lease.wanted";

  private final Vertx vertx;
  private final StoreClient store;
  private final String instance;
  private final AccountHashes names;
  private BiConsumer<String, YearMonth> heard = (account, month) -> {};
  private @Nullable MessageConsumer<JsonObject> consumer;

  LeaseHints(Vertx vertx, StoreClient store, String instance, AccountHashes names) {
    this.vertx = vertx;
    this.store = store;
    this.instance = instance;
    this.names = names;
  }

  void tell(String account, YearMonth month) {
    JsonObject hint =
        new JsonObject()
            .put("from", instance)
            .put("account", names.hash(account))
            .put("month", month.toString());
    String text = hint.encode();
    store.ask(to -> to.tell(text));
    vertx.eventBus().publish(ADDRESS, hint);
  }

  /**
   * @param accounts that this node has a share of
   */
  void listen(BiConsumer<String, YearMonth> heard, Supplier<Collection<String>> accounts) {
    this.heard = heard;
    names.of(accounts);
  }

  /** On the event loop that shall hear them. */
  Future<Void> begin() {
    Context here = vertx.getOrCreateContext();
    store.ask(from -> from.hear(text -> here.runOnContext(told -> hear(text))));
    MessageConsumer<JsonObject> listening = vertx.eventBus().consumer(ADDRESS);
    consumer = listening;
    return listening.handler(message -> hear(message.body())).completion();
  }

  /** Whoever may use the database may write anything there. */
  private void hear(String text) {
    try {
      hear(new JsonObject(text));
    } catch (DecodeException e) {
      // It is none of ours.
    }
  }

  private void hear(@Nullable JsonObject hint) {
    if (consumer == null || hint == null || instance.equals(hint.getValue("from"))) {
      return;
    }
    String account = account(hint);
    if (account != null && hint.getValue("month") instanceof String month) {
      try {
        heard.accept(account, YearMonth.parse(month));
      } catch (DateTimeException e) {
        // Whoever is on the bus may write anything.
      }
    }
  }

  /** Nodes of the version before say the name itself. */
  private @Nullable String account(JsonObject hint) {
    if (hint.getValue("account") instanceof String hash) {
      return names.account(hash);
    }
    return hint.getValue("caller") instanceof String caller ? caller : null;
  }

  Future<Void> end() {
    MessageConsumer<JsonObject> listening = consumer;
    consumer = null;
    return listening == null ? Future.succeededFuture() : listening.unregister();
  }
}
