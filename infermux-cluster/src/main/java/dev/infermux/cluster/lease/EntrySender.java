package dev.infermux.cluster.lease;

import dev.infermux.ledger.journal.PendingEntries;
import dev.infermux.ledger.journal.SharedEntry;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the store what was spent, once a second and in order; what is told twice counts once. One
 * event loop's.
 */
final class EntrySender {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");

  /** Two statements of the store, which may run at once. */
  private static final int MOST_TOGETHER = 1_000;

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);

  private final Vertx vertx;
  private final PendingEntries entries;
  private final SharedStore store;
  private final Time time;
  private final List<Promise<Void>> drained = new ArrayList<>();
  private boolean sending;
  private boolean failing;
  private boolean closed;
  private boolean pruning;
  private long prunedAt;

  EntrySender(Vertx vertx, PendingEntries entries, SharedStore store, Time time) {
    this.vertx = vertx;
    this.entries = entries;
    this.store = store;
    this.time = time;
    this.prunedAt = time.nanos();
  }

  void start() {
    time.timers().start(EVERY, this::next);
  }

  void close() {
    closed = true;
  }

  /** Completes when everything is told, or when that takes too long. */
  Future<Void> drain() {
    Promise<Void> promise = Promise.promise();
    drained.add(promise);
    time.timers().start(DRAIN, promise::tryComplete);
    send();
    return promise.future();
  }

  private void next() {
    if (!closed) {
      time.timers().start(failing ? AFTER_FAILURE : EVERY, this::next);
      send();
      prune();
    }
  }

  private void send() {
    if (sending || closed) {
      return;
    }
    sending = true;
    vertx
        .executeBlocking(() -> entries.next(MOST_TOGETHER))
        .compose(this::tell)
        .onComplete(
            (told, failure) -> {
              sending = false;
              if (failure != null) {
                failed(failure);
              } else if (told == 0) {
                drained.forEach(Promise::tryComplete);
                drained.clear();
              } else {
                succeeded();
                send();
              }
            });
  }

  private Future<Integer> tell(List<SharedEntry> batch) {
    if (batch.isEmpty()) {
      // Files may have ended without a cost in them.
      return vertx.executeBlocking(this::told).map(0);
    }
    return store.add(batch).compose(added -> vertx.executeBlocking(this::told)).map(batch.size());
  }

  private Integer told() throws IOException {
    entries.told();
    return 0;
  }

  private void failed(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.error("costs are told later, all of them: {}", StoreException.of(failure).getMessage());
    }
  }

  private void succeeded() {
    if (failing) {
      failing = false;
      LOG.warn("costs are told again");
    }
  }

  private void prune() {
    if (!failing && !pruning && time.nanos() - prunedAt > PRUNE_EVERY.toNanos()) {
      pruning = true;
      store
          .prune()
          .onFailure(failure -> LOG.debug("Not pruned: {}", failure.getMessage()))
          .onComplete(
              done -> {
                pruning = false;
                prunedAt = time.nanos();
              });
    }
  }
}
