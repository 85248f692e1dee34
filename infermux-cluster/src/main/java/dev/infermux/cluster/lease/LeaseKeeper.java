package dev.infermux.cluster.lease;

import dev.infermux.bus.LocalBus;
import dev.infermux.ledger.journal.PendingEntries;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has the connections to the store, on an event loop of its own. */
final class LeaseKeeper extends VerticleBase {

  private final String instance;
  private final Function<Vertx, SharedStore> connect;
  private final PendingEntries entries;
  private final Time time;
  private @Nullable SharedStore store;
  private @Nullable EntrySender sender;

  /**
   * @param connect makes the store on this verticle's event loop
   * @param entries costs that the store has still to be told
   */
  LeaseKeeper(
      String instance, Function<Vertx, SharedStore> connect, PendingEntries entries, Time time) {
    this.instance = instance;
    this.connect = connect;
    this.entries = entries;
    this.time = time;
  }

  @Override
  public Future<?> start() {
    SharedStore opened = connect.apply(vertx);
    store = opened;
    EntrySender sending = new EntrySender(vertx, entries, opened, time);
    sender = sending;
    sending.start();
    return new LocalBus(vertx).serve(StoreClient.address(instance), asked -> answer(opened, asked));
  }

  /** Completes when all costs are told, or when that takes too long. Any thread's. */
  Future<Void> drain() {
    EntrySender sending = sender;
    if (sending == null) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    context.runOnContext(here -> sending.drain().onComplete(drained));
    return drained.future();
  }

  @Override
  public Future<?> stop() {
    if (sender != null) {
      sender.close();
    }
    SharedStore open = store;
    return open == null ? Future.succeededFuture() : open.close();
  }

  private static Future<AskStore.Answered> answer(SharedStore store, AskStore asked) {
    return asked
        .question()
        .apply(store)
        .map(answer -> new AskStore.Answered(answer, null))
        .otherwise(failure -> new AskStore.Answered(null, StoreException.of(failure)));
  }
}
