package dev.infermux.cluster.lease;

import dev.infermux.nodes.ChangeAnswer;
import dev.infermux.nodes.ChangeAttempt;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.ChangeStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** What was changed while nodes run, in the store; others are told that there is something new. */
final class StoredChanges implements ChangeStore {

  private final StoreClient store;
  private final Supplier<UUID> holder;
  private final ChangeHints hints;

  StoredChanges(StoreClient store, Supplier<UUID> holder, ChangeHints hints) {
    this.store = store;
    this.holder = holder;
    this.hints = hints;
  }

  @Override
  public Future<ChangeState> read(long known) {
    return store.ask(log -> log.changes(known));
  }

  @Override
  public Future<ChangeAnswer> write(ChangeAttempt attempt) {
    UUID self = holder.get();
    return store
        .ask(log -> log.change(self, attempt))
        .onSuccess(
            written -> {
              if (written.taken()) {
                hints.tell(written.version());
              }
            });
  }

  @Override
  public Future<Void> applied(long version, List<String> problems) {
    UUID self = holder.get();
    return store.ask(log -> log.applied(self, version, problems));
  }

  @Override
  public Future<Void> listen(Runnable hint) {
    return hints.listen(hint);
  }

  @Override
  public Future<Void> close() {
    return hints.end();
  }
}
